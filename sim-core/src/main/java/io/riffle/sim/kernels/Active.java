package io.riffle.sim.kernels;

/** Those of N channels that are not silent, in ascending order, and their values. Mutable, with one owner. */
final class Active {
    final int[] index;
    final float[] value;
    int count;

    Active(int channels) {
        // One more, so that a loop may write first and count afterwards.
        index = new int[channels + 1];
        value = new float[channels + 1];
    }
}
