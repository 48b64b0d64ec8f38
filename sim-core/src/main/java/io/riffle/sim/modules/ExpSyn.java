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
import io.riffle.sim.kernels.Noise;

/**
 * Exponential synapses: {@code isyn = (isyn + x) exp(-dt / tau)} in every step, so that an input is decayed once in the
 * step it arrives; the output is isyn.
 *
 * <p>Input and output (B, T, N). Arguments, with their defaults: {@code shape} N; {@code tau} (N,) or (): 0.01 s;
 * {@code noise_std}: 0, of the input, per root second; {@code dt}: 0.001 s. Records nothing.
 */
public final class ExpSyn extends Module {
    private final Parameter tau;
    private final SimulationParameter<Double> noiseDeviation;
    private final SimulationParameter<Double> dt;
    private final State isyn;
    private final Derived<float[]> decays;
    private final Derived<Float> noiseOfStep;

    public ExpSyn(int synapses) {
        this(Arguments.shape(synapses));
    }

    public ExpSyn(Arguments given) {
        super(shapeOf(given.of("ExpSyn")), true, false);
        Arguments arguments = given.expect("ExpSyn", "tau", "noise_std", "dt");
        Shape each = Shape.of(sizeOut());
        tau = parameter("tau", arguments.parameter("tau", Family.TAUS, Init.constant(0.01), each, Shape.SCALAR));
        noiseDeviation = simulationParameter("noise_std", SimulationParameter.of(arguments.number("noise_std", 0)));
        dt = simulationParameter("dt", SimulationParameter.of(arguments.number("dt", 1e-3)));
        isyn = state("isyn", State.withShape(each));
        decays = derived(this::newDecays);
        noiseOfStep = derived(this::newNoiseOfStep);
        noiseOfStep.get();
        decays.get(); // so that values that cannot be computed with are an error now, not at the first step
    }

    private static Shape shapeOf(Arguments arguments) {
        if (arguments.shape().rank() != 1) {
            throw new RiffleException("ExpSyn: the shape is %s, expected (N,)".formatted(arguments.shape()));
        }
        return arguments.shape();
    }

    private float[] newDecays() {
        float seconds = (float) Attributes.positive(this, "dt", dt.value());
        float[] values = Attributes.spread(tau.value(), sizeOut());
        for (int n = 0; n < values.length; n++) {
            values[n] = Decay.exponential(seconds, (float) Attributes.notNegative(this, "tau", values[n]));
        }
        return values;
    }

    private float newNoiseOfStep() {
        double deviation = Attributes.notNegative(this, "noise_std", noiseDeviation.value());
        return (float) (deviation * StrictMath.sqrt(dt.value()));
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        int steps = input.steps();
        int synapses = sizeOut();
        float[] decay = decays.get();
        float deviation = noiseOfStep.get();
        float[] output = input.toArray();
        for (int b = 0; b < input.batches(); b++) {
            Noise noise = state.noise(b);
            float[] values = state.valuesWithoutCopy();
            int at = state.offset(isyn, b);
            for (int t = 0; t < steps; t++) {
                int row = (b * steps + t) * synapses;
                for (int n = 0; n < synapses; n++) {
                    float drive = output[row + n];
                    if (deviation != 0) {
                        drive += deviation * noise.normal(state.nextStep(b) + t, n);
                    }
                    values[at + n] = (values[at + n] + drive) * decay[n];
                    output[row + n] = values[at + n];
                }
            }
        }
        return Tensor.wrap(output, input.shape());
    }
}
