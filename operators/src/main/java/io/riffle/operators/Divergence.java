package io.riffle.operators;

import io.riffle.sim.StateLayout;

/** Finds out whether a network has left the finite numbers. */
final class Divergence {
    private Divergence() {}

    /**
     * The first value that is not finite any more, in words, or null if there is none. States that were not finite before
     * are left alone: a module may mean something by them.
     *
     * @param before one stream's state
     * @param after states, that of the stream from {@code afterAt}
     * @param output output, that of the stream from an index (inclusive) to another (exclusive)
     */
    static String find(
            StateLayout layout, float[] before, float[] after, int afterAt, float[] output, int from, int to) {
        for (int i = 0; i < before.length; i++) {
            float value = after[afterAt + i];
            if (!isFinite(value) && isFinite(before[i])) {
                return "value %d of state %s became %s".formatted(offsetIn(layout, i), pathOf(layout, i), value);
            }
        }
        for (int i = from; i < to; i++) {
            if (!isFinite(output[i])) {
                return "its output became %s".formatted(output[i]);
            }
        }
        return null;
    }

    private static boolean isFinite(float value) {
        return Math.abs(value) <= Float.MAX_VALUE; // false for NaN, too
    }

    private static String pathOf(StateLayout layout, int index) {
        int end = 0;
        for (StateLayout.Entry entry : layout.entries()) {
            end += entry.shape().count();
            if (index < end) {
                return entry.path();
            }
        }
        throw new IllegalArgumentException("no state has the value " + index);
    }

    private static int offsetIn(StateLayout layout, int index) {
        int start = 0;
        for (StateLayout.Entry entry : layout.entries()) {
            if (index < start + entry.shape().count()) {
                break;
            }
            start += entry.shape().count();
        }
        return index - start;
    }
}
