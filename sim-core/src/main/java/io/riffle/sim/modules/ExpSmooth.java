package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.Derived;
import io.riffle.sim.Family;
import io.riffle.sim.Init;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Parameter;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.SimulationParameter;
import io.riffle.sim.State;
import io.riffle.sim.Tensor;
import io.riffle.sim.kernels.Decay;
import java.util.Arrays;

/**
 * Exponential smoothing: {@code activation = activation exp(-dt / tau) + x} in every step. Other than in {@link ExpSyn},
 * an input is not decayed in the step it arrives. Rockpool calls it deprecated.
 *
 * <p>Input and output (B, T, N). Arguments, with their defaults: {@code shape} N; {@code tau}, one for all: 0.1 s;
 * {@code dt}: 0.001 s. Records {@code activation}, which is the output.
 */
public final class ExpSmooth extends Module {
    private final Parameter tau;
    private final SimulationParameter<Double> dt;
    private final State activation;
    private final Derived<Float> decay;

    public ExpSmooth(int channels) {
        this(Arguments.shape(channels));
    }

    public ExpSmooth(Arguments given) {
        super(shapeOf(given.of("ExpSmooth")), true, false);
        Arguments arguments = given.expect("ExpSmooth", "tau", "dt");
        tau = parameter("tau", arguments.parameter("tau", Family.TAUS, Init.constant(0.1), Shape.SCALAR));
        dt = simulationParameter("dt", SimulationParameter.of(arguments.number("dt", 1e-3)));
        activation = state("activation", State.withShape(Shape.of(sizeOut())));
        decay = derived(() -> Decay.exponential((float) Attributes.positive(this, "dt", dt.value()), (float)
                Attributes.notNegative(this, "tau", tau.value().get())));
        decay.get(); // so that values that cannot be computed with are an error now, not at the first step
    }

    private static Shape shapeOf(Arguments arguments) {
        if (arguments.shape().rank() != 1) {
            throw new RiffleException("ExpSmooth: the shape is %s, expected (N,)".formatted(arguments.shape()));
        }
        return arguments.shape();
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        float[] decays = new float[sizeOut()];
        Arrays.fill(decays, decay.get());
        float[] output = input.toArray();
        int stream = input.steps() * sizeOut();
        for (int b = 0; b < input.batches(); b++) {
            float[] level = state.read(activation, b);
            Decay.smooth(level, decays, output, b * stream, input.steps());
            state.write(activation, b, level);
        }
        return recorder.record("activation", Tensor.wrap(output, input.shape()));
    }
}
