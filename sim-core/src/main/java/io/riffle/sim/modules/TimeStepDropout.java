package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.Derived;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.SimulationParameter;
import io.riffle.sim.Tensor;
import io.riffle.sim.kernels.Noise;

/**
 * Drops single values: with {@code training} each value is replaced by 0 with probability p, and the others stay as they
 * are. Without, which is the default, it passes everything on.
 *
 * <p>Which values are dropped is a function of (seed, stream, module path, step, unit).
 *
 * <p>Input and output (B, T, N). Arguments, with their defaults: {@code shape} N or (N, N); {@code p}: 0.5, from 0 to 1;
 * {@code training}: false. Records nothing.
 */
public final class TimeStepDropout extends Module {
    private final SimulationParameter<Boolean> training;
    private final Derived<Double> probability;

    public TimeStepDropout(int channels) {
        this(Arguments.shape(channels));
    }

    public TimeStepDropout(Arguments given) {
        super(Attributes.sameInAndOut("TimeStepDropout", given));
        Arguments arguments = given.expect("TimeStepDropout", "p", "training");
        SimulationParameter<Double> p = simulationParameter("p", SimulationParameter.of(arguments.number("p", 0.5)));
        training = simulationParameter("training", SimulationParameter.of(arguments.flag("training", false)));
        probability = derived(() -> checked(p.value()));
        probability.get(); // so that a value that cannot be computed with is an error now, not at the first step
    }

    private double checked(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new RiffleException("%s: p is %s, expected from 0 to 1".formatted(where(), p));
        }
        return p;
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        if (!training.value()) {
            return input;
        }
        float[] values = input.toArray();
        for (int b = 0; b < input.batches(); b++) {
            Noise noise = state.noise(b);
            for (int t = 0; t < input.steps(); t++) {
                int row = (b * input.steps() + t) * sizeOut();
                for (int n = 0; n < sizeOut(); n++) {
                    if (noise.uniform(state.nextStep(b) + t, n) < probability.get()) {
                        values[row + n] = 0;
                    }
                }
            }
        }
        return Tensor.wrap(values, input.shape());
    }
}
