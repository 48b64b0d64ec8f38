package io.riffle.sim.modules;

import static io.riffle.sim.Family.BIASES;
import static io.riffle.sim.Family.TAUS;
import static io.riffle.sim.Family.THRESHOLDS;

import io.riffle.sim.Arguments;
import io.riffle.sim.Derived;
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
import io.riffle.sim.kernels.Integration;
import io.riffle.sim.kernels.Membrane;
import io.riffle.sim.kernels.Noise;

/**
 * Leaky integrate-and-fire neurons without synapses: the input goes straight onto the membrane. The equations stand at
 * {@link Membrane}, the current being the input.
 *
 * <p>Input (B, T, N), output (B, T, N), counts of spikes. Arguments, with their defaults: {@code shape} N;
 * {@code tau_mem} (N,) or (): 0.02 s; {@code bias} () or (N,): 0; {@code threshold} (N,) or (): 1;
 * {@code max_spikes_per_dt}: 65536; {@code noise_std}: 0, of the membrane, per root second; {@code dt}: 0.001 s. Records
 * {@code vmem} (after the reset) and {@code spikes}.
 */
public final class LIFNeuron extends Module {
    private final Parameter tau;
    private final Parameter threshold;
    private final Parameter bias;
    private final SimulationParameter<Double> noiseDeviation;
    private final SimulationParameter<Double> dt;
    private final SimulationParameter<Double> maxSpikes;
    private final State vmem;
    private final Derived<Membrane> membrane;

    public LIFNeuron(int neurons) {
        this(Arguments.shape(neurons));
    }

    public LIFNeuron(Arguments given) {
        super(shapeOf(given.of("LIFNeuron")), false, true);
        Arguments arguments =
                given.expect("LIFNeuron", "tau_mem", "threshold", "bias", "max_spikes_per_dt", "noise_std", "dt");
        Shape each = Shape.of(sizeOut());
        tau = parameter("tau_mem", arguments.parameter("tau_mem", TAUS, Init.constant(0.02), each, Shape.SCALAR));
        threshold =
                parameter("threshold", arguments.parameter("threshold", THRESHOLDS, Init.ones(), each, Shape.SCALAR));
        bias = parameter("bias", arguments.parameter("bias", BIASES, Init.zeros(), Shape.SCALAR, each));
        simulationParameter(
                "n_neurons", SimulationParameter.of((long) sizeOut()).fixed());
        noiseDeviation = simulationParameter("noise_std", SimulationParameter.of(arguments.number("noise_std", 0)));
        dt = simulationParameter("dt", SimulationParameter.of(arguments.number("dt", 1e-3)));
        maxSpikes = simulationParameter(
                "max_spikes_per_dt", SimulationParameter.of(arguments.number("max_spikes_per_dt", 65536)));
        vmem = state("vmem", State.withShape(each));
        membrane = derived(this::newMembrane);
        membrane.get(); // so that values that cannot be computed with are an error now, not at the first step
    }

    private static Shape shapeOf(Arguments arguments) {
        if (arguments.shape().rank() != 1) {
            throw new RiffleException("LIFNeuron: the shape is %s, expected (N,)".formatted(arguments.shape()));
        }
        return arguments.shape();
    }

    @Override
    public Arguments toArguments() {
        return super.toArguments().without("n_neurons");
    }

    private Membrane newMembrane() {
        double seconds = Attributes.positive(this, "dt", dt.value());
        double deviation = Attributes.notNegative(this, "noise_std", noiseDeviation.value());
        float[] thresholds = Attributes.spread(threshold.value(), sizeOut());
        float[] decays = Attributes.spread(tau.value(), sizeOut());
        for (int n = 0; n < sizeOut(); n++) {
            Attributes.positive(this, "threshold", thresholds[n]);
            decays[n] = Decay.exponential((float) seconds, (float) Attributes.notNegative(this, "tau_mem", decays[n]));
        }
        return new Membrane(
                Integration.EXPONENTIAL,
                decays,
                Attributes.spread(bias.value(), sizeOut()),
                thresholds,
                (float) Attributes.positive(this, "max_spikes_per_dt", maxSpikes.value()),
                (float) (deviation * StrictMath.sqrt(seconds)));
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        int steps = input.steps();
        int neurons = sizeOut();
        float[] spikes = state.newOutput(input.batches() * steps * neurons);
        float[] trace = recorder.wants("vmem") ? new float[spikes.length] : null;
        float[] values = state.valuesWithoutCopy();
        Membrane membranes = membrane.get();
        for (int b = 0; b < input.batches(); b++) {
            Noise noise = membranes.isNoisy() ? state.noise(b) : null;
            int at = state.offset(vmem, b);
            membranes.load(values, at);
            for (int t = 0; t < steps; t++) {
                int row = (b * steps + t) * neurons;
                membranes.step(input.arrayWithoutCopy(), row, spikes, row, noise, state.nextStep(b) + t);
                if (trace != null) {
                    membranes.store(trace, row);
                }
            }
            membranes.store(values, at);
        }
        Attributes.record(recorder, "vmem", trace, input.batches(), steps, neurons);
        return recorder.record("spikes", output(spikes, input));
    }
}
