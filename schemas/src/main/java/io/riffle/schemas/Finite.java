package io.riffle.schemas;

/** The rule that values are finite. */
final class Finite {
    private Finite() {}

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
        for (int cell = 0; cell < values.length; cell++) {
            // False for NaN, too. A branch that is never taken costs less than folding the bits of all values.
            if (!(Math.abs(values[cell]) <= Float.MAX_VALUE)) {
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
