package io.riffle.operators;

import io.riffle.sim.Module;

/** Whether chunks of different streams that wait in a module's input anyway are evolved together, with the same bits. */
public enum Batching {
    /** Where it is faster: for modules of many weights. */
    AUTO,
    ON,
    OFF;

    /** So many chunks are evolved together at most. */
    static final int MOST_CHUNKS = 64;

    /** How many chunks of a module are evolved together at most. */
    int mostChunks(Module module) {
        return this == ON ? MOST_CHUNKS : 1;
    }
}
