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
 * NIR's Threshold: 1 where the input is above the threshold, else 0. Input and output (B, T, N). Arguments, with their
 * defaults: {@code shape} N; {@code threshold} 1, (N,) or (). Records nothing.
 */
public final class Threshold extends Module {
    private final Parameter threshold;

    public Threshold(Arguments given) {
        super(Shape.of(given.of("Threshold").shape().sizeIn()), false, true);
        threshold = parameter(
                "threshold",
                given.expect("Threshold", "threshold")
                        .parameter("threshold", Family.THRESHOLDS, Init.ones(), Shape.of(sizeOut()), Shape.SCALAR));
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        float[] values = input.toArray();
        float[] thresholds = threshold.value().arrayWithoutCopy();
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] > thresholds[i % thresholds.length] ? 1 : 0;
        }
        return Tensor.wrap(values, input.shape());
    }
}
