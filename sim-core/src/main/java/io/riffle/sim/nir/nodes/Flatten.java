package io.riffle.sim.nir.nodes;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;

/** NIR's Flatten, which changes nothing, as signals are flat. Input and output (B, T, N). Argument: {@code shape} N. */
public final class Flatten extends Module {
    public Flatten(Arguments given) {
        super(Shape.of(given.of("Flatten").shape().sizeIn()));
        given.expect("Flatten");
    }

    @Override
    public Tensor evolve(Tensor input, ModuleState state, Recorder recorder) {
        return accept(input);
    }
}
