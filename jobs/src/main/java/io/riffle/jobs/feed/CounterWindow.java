package io.riffle.jobs.feed;

/**
 * How fast a counter grew against a base over the last readings: events per second when the base is time, a share when
 * the base is the sum of all ticks. The window makes a smooth value of counters that move in coarse ticks.
 */
final class CounterWindow {
    private final double[] counters;
    private final double[] bases;
    private final double smallestBase;
    private int newest = -1;
    private int size;

    /**
     * @param readings how many are looked back over
     * @param smallestBase below it the ratio is 0, because a few ticks say nothing yet
     */
    CounterWindow(int readings, double smallestBase) {
        counters = new double[readings + 1];
        bases = new double[readings + 1];
        this.smallestBase = smallestBase;
    }

    void add(double counter, double base) {
        newest = (newest + 1) % counters.length;
        counters[newest] = counter;
        bases[newest] = base;
        size = Math.min(size + 1, counters.length);
    }

    /** Never negative: a counter that was set back (a device that left and came again) did not grow. */
    double ratio() {
        if (size < 2) {
            return 0;
        }
        int oldest = (newest + 1 + counters.length - size) % counters.length;
        double base = bases[newest] - bases[oldest];
        double grown = counters[newest] - counters[oldest];
        return base >= smallestBase && grown > 0 ? grown / base : 0;
    }
}
