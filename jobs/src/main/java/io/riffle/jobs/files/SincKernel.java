package io.riffle.jobs.files;

/**
 * A low-pass filter: the sinc function under a Kaiser window, which is what is left of an ideal one that may look at only
 * so many values. Its table is finer than its error of -90 dB, and made with StrictMath, so that it is the same everywhere.
 */
final class SincKernel {
    /** Zeros of the sinc on each side. */
    static final int ZEROS = 32;

    private static final int PER_ZERO = 1024;
    private static final double BETA = 9;
    private static final double[] TABLE = table();

    private SincKernel() {}

    private static double[] table() {
        double[] table = new double[ZEROS * PER_ZERO + 2];
        table[0] = 1;
        for (int i = 1; i < table.length - 1; i++) {
            double x = StrictMath.PI * i / PER_ZERO;
            double ratio = (double) i / (ZEROS * PER_ZERO);
            double window = bessel(BETA * StrictMath.sqrt(Math.max(0, 1 - ratio * ratio))) / bessel(BETA);
            table[i] = StrictMath.sin(x) / x * window;
        }
        return table;
    }

    /** The modified Bessel function I0, by its series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    /** @param distance from the middle, from 0 to {@link #ZEROS} */
    static double at(double distance) {
        double place = distance * PER_ZERO;
        int index = (int) place;
        return TABLE[index] + (place - index) * (TABLE[index + 1] - TABLE[index]);
    }
}
