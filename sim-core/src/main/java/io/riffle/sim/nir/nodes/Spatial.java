package io.riffle.sim.nir.nodes;

import io.riffle.sim.Shape;

/** A module whose flat signals are of several dimensions: channels, height, width, or channels, width. */
public interface Spatial {
    Shape signalIn();

    Shape signalOut();
}
