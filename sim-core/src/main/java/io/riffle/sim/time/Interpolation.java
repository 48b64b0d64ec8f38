package io.riffle.sim.time;

/** What a continuous series is between two samples. */
public enum Interpolation {
    /** The straight line between them; after the last one, its value. */
    LINEAR,
    /** The value of the earlier one. */
    PREVIOUS
}
