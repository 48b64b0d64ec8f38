package io.riffle.sim;

/**
 * The state that a network keeps of its own, for use by hand: one for the whole network, of which each module has its
 * part. It is a batch of one until the first evolution of a batch.
 */
final class OwnState {
    private final Module network;
    private ModuleState now;

    OwnState(Module network) {
        this.network = network;
    }

    ModuleState now() {
        if (now == null) {
            now = network.newState(1);
        }
        return now;
    }

    /**
     * A copy for a batch of this size; a single state starts all of them.
     *
     * @param where who evolves, for messages
     */
    ModuleState copy(int batch, String where) {
        if (now().batch() != batch && now().batch() != 1) {
            throw new RiffleException(
                    "%s: the input has a batch of %d, but the state that it continues is a batch of %d; call resetState() first"
                            .formatted(where, batch, now().batch()));
        }
        return now().copy(batch);
    }

    void set(ModuleState next) {
        now = next;
    }

    /** Back to the initial state, a batch of one. */
    void reset() {
        now = null;
    }
}
