package io.riffle.sim.nir.nodes;

import io.riffle.sim.Arguments;
import io.riffle.sim.Family;
import io.riffle.sim.Init;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Parameter;
import io.riffle.sim.Recorder;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;

/**
 * NIR's Scale: {@code y = scale x}, value by value. Input and output (B, T, N). Arguments, with their defaults:
 * {@code shape} N; {@code scale} 1, (N,) or (). Records nothing.
 */
public final class Scale extends Module {
    private final Parameter scale;

    public Scale(Arguments given) {
        super(Shape.of(given.of("Scale").shape().sizeIn()));
        scale = parameter(
                "scale",
                given.expect("Scale", "scale")
                        .parameter("scale", Family.WEIGHTS, Init.ones(), Shape.of(sizeOut()), Shape.SCALAR));
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        float[] values = input.toArray();
        float[] factors = scale.value().arrayWithoutCopy();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factors[i % factors.length];
        }
        return Tensor.wrap(values, input.shape());
    }
}
