package io.riffle.schemas;

/** The rule that values are finite. */
public final class Finite {
    private static final int LANES = 8;
    private static final int BLOCK = 128 * LANES;

    private Finite() {}

    /**
     * The sum of the values from an index (inclusive) to another (exclusive). If it is finite, all of them are; if it is
     * not, they most likely are not. Counts of spikes are summed exactly.
     */
    public static double sum(float[] values, int from, int to) {
        double sum = 0;
        int at = from;
        while (at < to) {
            int end = Math.min(to, at + BLOCK); // so few that a float counts the spikes of a lane exactly
            sum += sumOfBlock(values, at, end);
            at = end;
        }
        return sum;
    }

    /** In eight lanes, as each addition would wait for the one before it. */
    private static double sumOfBlock(float[] values, int from, int to) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        int at = from;
        for (; at <= to - LANES; at += LANES) {
            a += values[at];
            b += values[at + 1];
            c += values[at + 2];
            d += values[at + 3];
            e += values[at + 4];
            f += values[at + 5];
            g += values[at + 6];
            h += values[at + 7];
        }
        for (; at < to; at++) {
            a += values[at];
        }
        return (double) a + b + c + d + e + f + g + h;
    }

    /**
     * @param values row-major [steps, channels]
     * @throws BadChunkException naming the first NaN or infinity
     */
    static void check(float[] values, long firstStep, int channels) {
        int cell = firstNotFinite(values);
        if (cell >= 0) {
            throw notFinite(values[cell], firstStep + cell / channels, cell % channels);
        }
    }

    /** Index of the first NaN or infinity, or -1. */
    static int firstNotFinite(float[] values) {
        if (Double.isFinite(sum(values, 0, values.length))) {
            return -1;
        }
        for (int cell = 0; cell < values.length; cell++) {
            if (!(Math.abs(values[cell]) <= Float.MAX_VALUE)) { // false for NaN, too
                return cell;
            }
        }
        return -1;
    }

    static BadChunkException notFinite(float value, long step, int channel) {
        return new BadChunkException(
                RejectReason.NOT_FINITE,
                "step %d, channel %d is %s, expected a finite value".formatted(step, channel, value));
    }
}
