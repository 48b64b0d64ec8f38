package io.riffle.sim.nir.nodes;

import io.riffle.sim.Arguments;

/**
 * NIR's AvgPool2d: the mean, zeros of the padding included of each window. Input and output (B, T, ..), a signal being (channels, height, width), flat.
 * Arguments: {@code input_shape} (channels, height, width); {@code kernel_size} (height, width);
 * {@code stride}, by default 1, and {@code padding}, by default 0, each a number or (height, width).
 */
public final class AvgPool2d extends Pool {
    public AvgPool2d(Arguments given) {
        super("AvgPool2d", given);
    }

    @Override
    float of(float sum) {
        return sum / size();
    }
}
