package io.riffle.sim.modules;

import static io.riffle.sim.Family.BIASES;
import static io.riffle.sim.Family.BITSHIFTS;
import static io.riffle.sim.Family.DECAYS;
import static io.riffle.sim.Family.TAUS;
import static io.riffle.sim.Family.THRESHOLDS;
import static io.riffle.sim.Family.WEIGHTS;

import io.riffle.sim.Arguments;
import io.riffle.sim.Derived;
import io.riffle.sim.Init;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Names;
import io.riffle.sim.Parameter;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.SimulationParameter;
import io.riffle.sim.State;
import io.riffle.sim.Tensor;
import io.riffle.sim.kernels.Decay;
import io.riffle.sim.kernels.LeakyIntegrateAndFire;
import io.riffle.sim.kernels.LeakyIntegrateAndFire.Traces;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Leaky integrate-and-fire neurons with exponential synapses, reset by subtraction, several spikes per step, with or
 * without recurrence. The equations stand at {@link LeakyIntegrateAndFire}.
 *
 * <p>Input (B, T, Nin), Nin = N K for K synapses per neuron: channel c feeds synapse c mod K of neuron c / K. Output
 * (B, T, N), counts of spikes. Arguments, with their defaults:
 *
 * <ul>
 *   <li>{@code shape}: N, or (Nin, N)
 *   <li>{@code tau_mem} (N,) or (), {@code tau_syn} (N, K), (1, K) or (), in seconds: 0.02; with {@code leak_mode}
 *       {@code decays} instead the decays per step {@code alpha}, {@code beta}: 0.5; with {@code bitshifts} the shifts
 *       {@code dash_mem}, {@code dash_syn}: 1
 *   <li>{@code bias} (N,) or (): 0; {@code threshold} (N,) or (): 1
 *   <li>{@code has_rec}: false; {@code w_rec} (N, Nin): kaiming
 *   <li>{@code max_spikes_per_dt}: 65536; {@code noise_std}: 0, of the membrane, per root second; {@code dt}: 0.001 s
 * </ul>
 *
 * Records {@code vmem} (after the reset), {@code isyn}, {@code irec} and {@code spikes}.
 */
public final class LIF extends Module {
    private static final List<String> LEAK_MODES = List.of("taus", "decays", "bitshifts");

    private final int synapses;
    private final boolean recurrent;
    private final String leakMode;
    private final Parameter weights;
    private final Parameter membraneLeak;
    private final Parameter synapseLeak;
    private final Parameter bias;
    private final Parameter threshold;
    private final SimulationParameter<Double> dt;
    private final SimulationParameter<Double> noiseDeviation;
    private final SimulationParameter<Double> maxSpikes;
    private final State vmem;
    private final State isyn;
    private final State spikes;
    private final Derived<LeakyIntegrateAndFire> kernel;

    public LIF(int neurons) {
        this(Arguments.shape(neurons));
    }

    public LIF(Arguments given) {
        super(shapeOf(given.of("LIF")), false, true);
        Arguments arguments = given.expect(
                "LIF",
                "leak_mode",
                "tau_mem",
                "tau_syn",
                "alpha",
                "beta",
                "dash_mem",
                "dash_syn",
                "bias",
                "threshold",
                "has_rec",
                "w_rec",
                "max_spikes_per_dt",
                "noise_std",
                "dt");
        int neurons = sizeOut();
        synapses = sizeIn() / neurons;
        leakMode = arguments.text("leak_mode", "taus");
        if (!LEAK_MODES.contains(leakMode)) {
            throw new RiffleException("LIF: leak_mode is '%s'%s".formatted(leakMode, Names.hint(leakMode, LEAK_MODES)));
        }
        recurrent = arguments.flag("has_rec", false);
        if (!recurrent && arguments.has("w_rec")) {
            throw new RiffleException("LIF: w_rec is given but has_rec is false, expected has_rec: true");
        }

        Shape each = Shape.of(neurons);
        weights = recurrent
                ? parameter(
                        "w_rec", arguments.parameter("w_rec", WEIGHTS, Init.kaiming(0), Shape.of(neurons, sizeIn())))
                : null;
        membraneLeak = leak(arguments, "tau_mem", "alpha", "dash_mem", each, Shape.SCALAR);
        synapseLeak = leak(
                arguments,
                "tau_syn",
                "beta",
                "dash_syn",
                Shape.of(neurons, synapses),
                Shape.of(1, synapses),
                Shape.SCALAR);
        bias = parameter("bias", arguments.parameter("bias", BIASES, Init.zeros(), each, Shape.SCALAR));
        threshold =
                parameter("threshold", arguments.parameter("threshold", THRESHOLDS, Init.ones(), each, Shape.SCALAR));
        if (!leakMode.equals("taus")) {
            simulationParameter("leak_mode", SimulationParameter.of(leakMode).fixed());
        }
        simulationParameter("has_rec", SimulationParameter.of(recurrent).fixed());
        dt = simulationParameter("dt", SimulationParameter.of(arguments.number("dt", 1e-3)));
        noiseDeviation = simulationParameter("noise_std", SimulationParameter.of(arguments.number("noise_std", 0)));
        maxSpikes = simulationParameter(
                "max_spikes_per_dt", SimulationParameter.of(arguments.number("max_spikes_per_dt", 65536)));
        vmem = state("vmem", State.withShape(each));
        isyn = state("isyn", State.withShape(Shape.of(neurons, synapses)));
        spikes = state("spikes", State.withShape(each));
        kernel = derived(this::newKernel);
        kernel.get(); // so that values that cannot be computed with are an error now, not at the first step
    }

    private static Shape shapeOf(Arguments arguments) {
        Shape shape = arguments.shape();
        if (shape.rank() == 1) {
            return Shape.of(shape.sizeIn(), shape.sizeIn());
        }
        if (shape.rank() != 2 || shape.sizeOut() == 0 || shape.sizeIn() % shape.sizeOut() != 0) {
            throw new RiffleException(
                    "LIF: the shape is %s, expected (N,) or (Nin, N) with Nin a multiple of N".formatted(shape));
        }
        return shape;
    }

    private Parameter leak(Arguments arguments, String tau, String decay, String shift, Shape... shapes) {
        List<String> names = List.of(tau, decay, shift);
        String used = names.get(LEAK_MODES.indexOf(leakMode));
        for (String name : names) {
            if (!name.equals(used) && arguments.has(name)) {
                throw new RiffleException(
                        "LIF: %s is given, but with leak_mode '%s' expected %s".formatted(name, leakMode, used));
            }
        }
        return parameter(
                used,
                switch (leakMode) {
                    case "taus" -> arguments.parameter(tau, TAUS, Init.constant(0.02), shapes);
                    case "decays" -> arguments.parameter(decay, DECAYS, Init.constant(0.5), shapes);
                    default -> arguments.parameter(shift, BITSHIFTS, Init.ones(), shapes);
                });
    }

    private LeakyIntegrateAndFire newKernel() {
        float[] thresholds = Attributes.spread(threshold.value(), sizeOut());
        for (float value : thresholds) {
            Attributes.positive(this, "threshold", value);
        }
        double step = Attributes.positive(this, "dt", dt.value());
        double deviation = Attributes.notNegative(this, "noise_std", noiseDeviation.value());
        return new LeakyIntegrateAndFire(
                decays("tau_mem", membraneLeak, sizeOut()),
                decays("tau_syn", synapseLeak, sizeIn()),
                Attributes.spread(bias.value(), sizeOut()),
                thresholds,
                recurrent ? weights.value().arrayWithoutCopy() : null,
                (float) Attributes.positive(this, "max_spikes_per_dt", maxSpikes.value()),
                (float) (deviation * StrictMath.sqrt(step)));
    }

    private float[] decays(String name, Parameter leak, int count) {
        DoubleUnaryOperator decay =
                switch (leakMode) {
                    case "taus" -> tau -> Decay.exponential(dt.value(), Attributes.notNegative(this, name, tau));
                    case "decays" -> alpha -> alpha;
                    default -> Decay::bitshift;
                };
        float[] values = Attributes.spread(leak.value(), count);
        for (int i = 0; i < count; i++) {
            values[i] = (float) decay.applyAsDouble(values[i]);
        }
        return values;
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        int batches = input.batches();
        int steps = input.steps();
        Tensor output = Tensor.zeros(Shape.of(batches, steps, sizeOut()));
        Traces traces = new Traces(
                recorder.wants("vmem") ? new float[batches * steps * sizeOut()] : null,
                recorder.wants("isyn") ? new float[batches * steps * sizeIn()] : null,
                recorder.wants("irec") ? new float[batches * steps * sizeIn()] : null);
        for (int b = 0; b < batches; b++) {
            kernel.get()
                    .evolve(
                            input.arrayWithoutCopy(),
                            b * steps * sizeIn(),
                            steps,
                            state.valuesWithoutCopy(),
                            state.offset(vmem, b),
                            state.offset(isyn, b),
                            state.offset(spikes, b),
                            output.arrayWithoutCopy(),
                            b * steps * sizeOut(),
                            traces,
                            b * steps,
                            state.noise(b),
                            state.nextStep(b));
        }
        Attributes.record(recorder, "vmem", traces.vmem(), batches, steps, sizeOut());
        Attributes.record(recorder, "isyn", traces.isyn(), batches, steps, sizeOut(), synapses);
        Attributes.record(recorder, "irec", traces.irec(), batches, steps, sizeOut(), synapses);
        recorder.record("spikes", output);
        return output;
    }
}
