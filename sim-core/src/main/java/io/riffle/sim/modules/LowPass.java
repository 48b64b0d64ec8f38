package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.SimulationParameter;
import io.riffle.sim.State;
import io.riffle.sim.Tensor;
import io.riffle.sim.kernels.Decay;

/**
 * A low pass of first order: {@code vmem = vmem alpha_mem + x} in every step; the output is vmem. Rockpool calls it
 * deprecated; as there, the decay alpha_mem, at first exp(-dt / tau_mem), is a state, so that a stream may have its own.
 *
 * <p>Input and output (B, T, N), as everywhere; Rockpool's has the axes (T, B, N). Arguments, with their defaults:
 * {@code n_neurons} (or {@code shape}) N; {@code tau_mem} (N,) or (): 0.02 s; {@code dt}: 0.001 s. Records nothing.
 */
public final class LowPass extends Module {
    private final State vmem;
    private final State decay;

    public LowPass(int neurons) {
        this(Arguments.shape(neurons));
    }

    public LowPass(Arguments given) {
        super(shapeOf(given.of("LowPass")));
        Arguments arguments = given.expect("LowPass", "n_neurons", "tau_mem", "dt");
        Tensor tau = arguments.has("tau_mem") ? arguments.tensor("tau_mem") : Tensor.scalar(0.02);
        Shape each = Shape.of(sizeOut());
        if (!tau.shape().equals(Shape.SCALAR) && !tau.shape().equals(each)) {
            throw new RiffleException(
                    "LowPass: tau_mem has the shape %s, expected %s or ()".formatted(tau.shape(), each));
        }
        double dt = Attributes.positive(this, "dt", arguments.number("dt", 1e-3));
        float[] decays = tau.toArray();
        for (int i = 0; i < decays.length; i++) {
            decays[i] = Decay.exponential((float) dt, (float) Attributes.notNegative(this, "tau_mem", decays[i]));
        }
        // They only say at which decay a stream starts, so setting them would be without effect.
        simulationParameter("tau_mem", SimulationParameter.of(tau).fixed());
        simulationParameter("dt", SimulationParameter.of(dt).fixed());
        vmem = state("vmem", State.withShape(Shape.of(1, sizeOut())));
        Shape shape = tau.shape().rank() == 0 ? Shape.of(1) : Shape.of(1, sizeOut());
        decay = state("alpha_mem", State.withShape(shape).init(made -> Tensor.wrap(decays.clone(), made)));
    }

    private static Shape shapeOf(Arguments arguments) {
        if (!arguments.has("shape")) {
            arguments.get("n_neurons");
            return Shape.of(arguments.wholeNumber("n_neurons", 0));
        }
        Shape shape = arguments.shape();
        if (shape.rank() != 1 || arguments.wholeNumber("n_neurons", shape.sizeIn()) != shape.sizeIn()) {
            throw new RiffleException("LowPass: the shape is %s, expected (n_neurons,)".formatted(shape));
        }
        return shape;
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        float[] output = input.toArray();
        int stream = input.steps() * sizeOut();
        for (int b = 0; b < input.batches(); b++) {
            float[] level = state.read(vmem, b);
            float[] alpha = state.read(decay, b);
            float[] decays = Attributes.spread(Tensor.wrap(alpha, alpha.length), sizeOut());
            Decay.smooth(level, decays, output, b * stream, input.steps());
            state.write(vmem, b, level);
        }
        return Tensor.wrap(output, input.shape());
    }
}
