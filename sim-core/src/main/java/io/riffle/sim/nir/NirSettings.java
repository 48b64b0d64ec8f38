package io.riffle.sim.nir;

import io.riffle.sim.nir.nodes.Semantics;
import java.util.Optional;

/**
 * What a NIR file does not say about itself.
 *
 * @param dt length of a step in seconds, if given
 * @param semantics whose reading is meant, if given; else what the file says, else NIR's own
 */
public record NirSettings(Optional<Double> dt, Optional<Semantics> semantics) {
    /** Of a file that says all by itself. */
    public static final NirSettings NONE = new NirSettings(Optional.empty(), Optional.empty());
}
