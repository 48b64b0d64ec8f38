package io.riffle.schemas;

/** The rule that values are finite. */
final class Finite {
    private static final int EXPONENT = 0x7F80_0000;

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
        if (all(values)) {
            return -1;
        }
        int cell = 0;
        while (Float.isFinite(values[cell])) {
            cell++;
        }
        return cell;
    }

    static BadChunkException notFinite(float value, long step, int channel) {
        return new BadChunkException(
                RejectReason.NOT_FINITE,
                "step %d, channel %d is %s, expected a finite value".formatted(step, channel, value));
    }

    /** Without a branch per value, so that the loop becomes vector instructions. */
    private static boolean all(float[] values) {
        int found = 0;
        for (float value : values) {
            // Exponent all ones, and only then, the difference is negative after the shift to the sign.
            int exponent = Float.floatToRawIntBits(value) & EXPONENT;
            found |= (EXPONENT - 1 - exponent) & Integer.MIN_VALUE;
        }
        return found == 0;
    }
}
