package io.riffle.operators;

import io.riffle.sim.Module;
import io.riffle.sim.Tensor;

/**
 * Whether chunks of different streams that wait in a module's input anyway are evolved together. They have the same bits
 * as one by one; what changes is how often a module's weights are read from memory.
 */
public enum Batching {
    /**
     * Together where it is faster: for modules of more than 1 MiB of parameters, which the processor does not keep beside
     * the streams' states. What evolving together itself costs, the copies and the looks into the input, is worth more
     * than it saves for smaller ones.
     */
    AUTO,
    ON,
    OFF;

    /** So many chunks are evolved together at most. */
    static final int MOST_CHUNKS = 64;

    private static final int MANY_PARAMETERS = (1 << 20) / Float.BYTES;

    /** How many chunks of a module are evolved together at most. */
    int mostChunks(Module module) {
        boolean together =
                switch (this) {
                    case AUTO -> parameters(module) > MANY_PARAMETERS;
                    case ON -> true;
                    case OFF -> false;
                };
        return together ? MOST_CHUNKS : 1;
    }

    private static int parameters(Module module) {
        int[] count = new int[1];
        module.parameters()
                .forEachLeaf(
                        (path, value) -> count[0] += ((Tensor) value).shape().count());
        return count[0];
    }
}
