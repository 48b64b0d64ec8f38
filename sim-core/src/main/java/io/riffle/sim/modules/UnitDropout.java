package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.Derived;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.SimulationParameter;
import io.riffle.sim.Tensor;

/**
 * Drops units: with {@code training} each unit of a stream is silent with probability p for the whole life of the stream,
 * and the others are scaled by 1 / (1 - p). Without, which is the default, it passes everything on.
 *
 * <p>Which units are silent is a function of (seed, stream, module path, unit), so it is the same in every chunk, after a
 * restart and after a reset.
 *
 * <p>Input and output (B, T, N). Arguments, with their defaults: {@code shape} N or (N, N); {@code p}: 0.5, at least 0 and
 * below 1; {@code training}: false. Records nothing.
 */
public final class UnitDropout extends Module {
    private final SimulationParameter<Boolean> training;
    private final Derived<Double> probability;

    public UnitDropout(int channels) {
        this(Arguments.shape(channels));
    }

    public UnitDropout(Arguments given) {
        super(Attributes.sameInAndOut("UnitDropout", given));
        Arguments arguments = given.expect("UnitDropout", "p", "training");
        SimulationParameter<Double> p = simulationParameter("p", SimulationParameter.of(arguments.number("p", 0.5)));
        training = simulationParameter("training", SimulationParameter.of(arguments.flag("training", false)));
        probability = derived(() -> checked(p.value()));
        probability.get(); // so that a value that cannot be computed with is an error now, not at the first step
    }

    private double checked(double p) {
        if (!(p >= 0 && p < 1)) {
            throw new RiffleException("%s: p is %s, expected at least 0 and below 1".formatted(where(), p));
        }
        return p;
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        if (!training.value()) {
            return input;
        }
        float scale = (float) (1 / (1 - probability.get()));
        float[] values = input.toArray();
        int stream = input.steps() * sizeOut();
        for (int b = 0; b < input.batches(); b++) {
            for (int n = 0; n < sizeOut(); n++) {
                // Step 0 stands for the whole life of the stream.
                boolean dropped = state.noise(b).uniform(0, n) < probability.get();
                for (int i = b * stream + n; i < (b + 1) * stream; i += sizeOut()) {
                    values[i] = dropped ? 0 : values[i] * scale;
                }
            }
        }
        return Tensor.wrap(values, input.shape());
    }
}
