package io.riffle.operators;

import io.riffle.sim.StateLayout;
import io.riffle.sim.Tensor;

/** Finds out whether a network has left the finite numbers. */
final class Divergence {
    private Divergence() {}

    /**
     * The first value that is not finite any more, in words, or null if there is none. States that were not finite before
     * are left alone: a module may mean something by them.
     */
    static String find(StateLayout layout, float[] before, float[] after, Tensor output) {
        for (int i = 0; i < after.length; i++) {
            if (!isFinite(after[i]) && isFinite(before[i])) {
                return "value %d of state %s became %s".formatted(offsetIn(layout, i), pathOf(layout, i), after[i]);
            }
        }
        float[] values = output.arrayWithoutCopy();
        for (int i = 0; i < values.length; i++) {
            if (!isFinite(values[i])) {
                return "its output became %s".formatted(values[i]);
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
