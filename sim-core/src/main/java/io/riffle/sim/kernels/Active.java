package io.riffle.sim.kernels;

/** Those of the N channels of a row that are not silent, in ascending order. Mutable, with one owner. */
final class Active {
    /** More indexes than channels, so that eight may be written where fewer are there. */
    private static final int ROOM = 8;

    final int[] index;
    int count;
    /** Where the row is, which stays its owner's. */
    float[] row;

    int at;

    Active(int channels) {
        index = new int[channels + ROOM];
    }

    /** Of another row; the channels are still to be listed. */
    Active of(float[] values, int from) {
        row = values;
        at = from;
        count = 0;
        return this;
    }
}
