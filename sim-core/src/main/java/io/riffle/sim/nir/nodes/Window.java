package io.riffle.sim.nir.nodes;

import io.riffle.sim.RiffleException;

/**
 * How a window moves along one dimension.
 *
 * @param size of the dimension
 * @param kernel how many places the window takes in
 * @param step from one window to the next
 * @param before zeros in front
 * @param after zeros behind
 * @param spread from one place of the window to the next
 */
record Window(int size, int kernel, int step, int before, int after, int spread) {
    Window {
        if (size < 1 || kernel < 1 || step < 1 || before < 0 || after < 0 || spread < 1) {
            throw new RiffleException(
                    "a window of %d with step %d, dilation %d and padding %d, %d over %d places, expected above 0"
                            .formatted(kernel, step, spread, before, after, size));
        }
        if ((long) size + before + after < (long) spread * (kernel - 1) + 1) {
            throw new RiffleException("a window of %d with dilation %d does not fit into %d places with padding %d, %d"
                    .formatted(kernel, spread, size, before, after));
        }
    }

    /** How many windows there are. */
    int count() {
        return (size + before + after - spread * (kernel - 1) - 1) / step + 1;
    }

    /** Where place {@code k} of a window stands, which may be in the padding. */
    int at(int window, int k) {
        return window * step - before + k * spread;
    }

    boolean isInside(int place) {
        return place >= 0 && place < size;
    }
}
