package io.riffle.sim.nir;

import io.riffle.sim.RiffleException;

/** Something is wrong with a node, which the message names already. */
final class NodeException extends RiffleException {
    private static final long serialVersionUID = 1L;

    NodeException(String message) {
        super(message);
    }
}
