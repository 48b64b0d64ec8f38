package io.riffle.sim.kernels;

import java.util.Arrays;

/** Arrays that are longer than what they hold, so that loops over whole vectors need no special case at the end. */
final class Padding {
    /** All padded arrays reach to a multiple of this. */
    static final int BLOCK = 32;

    private Padding() {}

    /** The next multiple of {@link #BLOCK}. */
    static int block(int count) {
        return multiple(count, BLOCK);
    }

    /** The next multiple of {@code of}. */
    static int multiple(int count, int of) {
        return (count + of - 1) / of * of;
    }

    /** A padded copy. */
    static float[] copy(float[] values, float padding) {
        float[] padded = Arrays.copyOf(values, block(values.length));
        Arrays.fill(padded, values.length, padded.length, padding);
        return padded;
    }
}
