package io.riffle.jobs.feed;

/** Says when it is time to read again; between the times the last value holds. */
final class Pace {
    private final long periodNanos;
    // a caller whose own period divides ours may come a moment early, and would else have to wait for its next turn
    private final long slackNanos;
    private long nextNanos;
    private boolean begun;

    Pace(long periodMillis) {
        periodNanos = periodMillis * 1_000_000;
        slackNanos = periodNanos / 8;
    }

    /** @param nowNanos of one clock, ascending */
    boolean isDue(long nowNanos) {
        if (begun && nowNanos - nextNanos < -slackNanos) {
            return false;
        }
        boolean onGrid = begun && nowNanos - nextNanos < periodNanos;
        nextNanos = (onGrid ? nextNanos : nowNanos) + periodNanos;
        begun = true;
        return true;
    }
}
