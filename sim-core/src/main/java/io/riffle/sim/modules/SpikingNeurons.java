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
import io.riffle.sim.kernels.Integration;
import io.riffle.sim.kernels.LeakyIntegrateAndFire;
import io.riffle.sim.kernels.LeakyIntegrateAndFire.Adaptation;
import io.riffle.sim.kernels.LeakyIntegrateAndFire.Places;
import io.riffle.sim.kernels.LeakyIntegrateAndFire.Traces;
import io.riffle.sim.kernels.Membrane;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the spiking neurons with synapses have in common: recurrence, leaks, threshold, states, records. They differ in
 * how a leak becomes the factor of a step, and in what else drives the membrane; the equations stand at
 * {@link LeakyIntegrateAndFire}.
 */
abstract sealed class SpikingNeurons extends Module permits LIF, aLIF, LIFBitshift, LIFODE {
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
    private final Integration integration;
    private Supplier<Adaptation> adaptation = () -> Adaptation.NONE;
    private State adaptationState;

    /**
     * @param name of the module, for messages
     * @param arguments of which the module expects all that are there
     * @param usualMaxSpikes the default of {@code max_spikes_per_dt}
     */
    SpikingNeurons(
            String name, Arguments arguments, Integration integration, boolean spikingInput, double usualMaxSpikes) {
        super(shapeOf(name, arguments), spikingInput, true);
        this.integration = integration;
        int neurons = sizeOut();
        synapses = sizeIn() / neurons;
        leakMode = arguments.text("leak_mode", "taus");
        if (!LEAK_MODES.contains(leakMode)) {
            throw new RiffleException(
                    "%s: leak_mode is '%s'%s".formatted(name, leakMode, Names.hint(leakMode, LEAK_MODES)));
        }
        recurrent = arguments.flag("has_rec", false);
        if (!recurrent && arguments.has("w_rec")) {
            throw new RiffleException(
                    "%s: w_rec is given but has_rec is false, expected has_rec: true".formatted(name));
        }

        Shape each = Shape.of(neurons);
        weights = recurrent
                ? parameter(
                        "w_rec",
                        arguments.parameter(
                                "w_rec", WEIGHTS, Init.kaiming(arguments.seed()), Shape.of(neurons, sizeIn())))
                : null;
        membraneLeak = leak(name, arguments, List.of("tau_mem", "alpha", "dash_mem"), each, Shape.SCALAR);
        synapseLeak = leak(
                name,
                arguments,
                List.of("tau_syn", "beta", "dash_syn"),
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
                "max_spikes_per_dt", SimulationParameter.of(arguments.number("max_spikes_per_dt", usualMaxSpikes)));
        vmem = state("vmem", State.withShape(each));
        isyn = state("isyn", State.withShape(Shape.of(neurons, synapses)));
        spikes = state("spikes", State.withShape(each));
        kernel = derived(this::newKernel);
    }

    /** (N,) becomes (N, N); (Nin, N) stays, Nin being a multiple of N. */
    static Shape shapeOf(String name, Arguments arguments) {
        Shape shape = arguments.shape();
        if (shape.rank() == 1) {
            return Shape.of(shape.sizeIn(), shape.sizeIn());
        }
        if (shape.rank() != 2 || shape.sizeOut() == 0 || shape.sizeIn() % shape.sizeOut() != 0) {
            throw new RiffleException(
                    "%s: the shape is %s, expected (N,) or (Nin, N) with Nin a multiple of N".formatted(name, shape));
        }
        return shape;
    }

    /** The parameter that the leak mode asks for, of those that stand for taus, decays and shifts. */
    private Parameter leak(String name, Arguments arguments, List<String> names, Shape... shapes) {
        String used = names.get(LEAK_MODES.indexOf(leakMode));
        for (String other : names) {
            if (!other.equals(used) && arguments.has(other)) {
                throw new RiffleException(
                        "%s: %s is given, but with leak_mode '%s' expected %s".formatted(name, other, leakMode, used));
            }
        }
        return parameter(
                used,
                switch (leakMode) {
                    case "taus" -> arguments.parameter(used, TAUS, Init.constant(0.02), shapes);
                    case "decays" -> arguments.parameter(used, DECAYS, Init.constant(0.5), shapes);
                    default -> arguments.parameter(used, BITSHIFTS, Init.ones(), shapes);
                });
    }

    /** For the end of a constructor: values that cannot be computed with are an error now, not at the first step. */
    final void checkValues() {
        kernel.get();
    }

    /** Adds a current of their own spikes, whose value is this state. */
    final void adapt(State state, Supplier<Adaptation> by) {
        adaptationState = state;
        adaptation = by;
    }

    /** The factor of a step of one leak, which is what the leak mode says: a tau, a decay or a shift. */
    abstract float factor(String name, float leak);

    /** What an exponential leak leaves after a step. */
    final float decay(String name, float leak) {
        return switch (leakMode) {
            case "taus" -> Decay.exponential(dt(), (float) Attributes.notNegative(this, name, leak));
            case "decays" -> leak;
            default -> Decay.bitshift(leak);
        };
    }

    /** As float32, like the time constants. */
    final float dt() {
        return dt.value().floatValue();
    }

    private LeakyIntegrateAndFire newKernel() {
        float[] thresholds = Attributes.spread(threshold.value(), sizeOut());
        for (float value : thresholds) {
            Attributes.positive(this, "threshold", value);
        }
        double step = Attributes.positive(this, "dt", dt.value());
        double deviation = Attributes.notNegative(this, "noise_std", noiseDeviation.value());
        float[] membraneFactors = factors("tau_mem", membraneLeak, sizeOut());
        float[] synapseFactors = factors("tau_syn", synapseLeak, sizeIn());
        Membrane membrane = new Membrane(
                integration,
                membraneFactors,
                Attributes.spread(bias.value(), sizeOut()),
                thresholds,
                (float) Attributes.positive(this, "max_spikes_per_dt", maxSpikes.value()),
                (float) (deviation * StrictMath.sqrt(step)));
        float[] recurrence = recurrent ? weights.value().arrayWithoutCopy() : null;
        return new LeakyIntegrateAndFire(synapseFactors, recurrence, adaptation.get(), membrane);
    }

    private float[] factors(String name, Parameter leak, int count) {
        float[] values = Attributes.spread(leak.value(), count);
        for (int i = 0; i < count; i++) {
            values[i] = factor(name, values[i]);
        }
        return values;
    }

    @Override
    public final Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        int batches = input.batches();
        int steps = input.steps();
        boolean adapts = adaptationState != null;
        Tensor output = output(state.newOutput(batches * steps * sizeOut()), input);
        Traces traces = new Traces(
                recorder.wants("vmem") ? new float[batches * steps * sizeOut()] : null,
                recorder.wants("isyn") ? new float[batches * steps * sizeIn()] : null,
                recorder.wants("irec") ? new float[batches * steps * sizeIn()] : null,
                adapts && recorder.wants("iahp") ? new float[batches * steps * sizeOut()] : null);
        LeakyIntegrateAndFire neurons = kernel.get();
        for (int b = 0; b < batches; b++) {
            Places places = new Places(
                    state.offset(vmem, b),
                    state.offset(isyn, b),
                    state.offset(spikes, b),
                    adapts ? state.offset(adaptationState, b) : 0);
            neurons.evolve(
                    input.arrayWithoutCopy(),
                    b * steps * sizeIn(),
                    steps,
                    state.valuesWithoutCopy(),
                    places,
                    output.arrayWithoutCopy(),
                    b * steps * sizeOut(),
                    traces,
                    b * steps,
                    neurons.isNoisy() ? state.noise(b) : null,
                    state.nextStep(b));
        }
        Attributes.record(recorder, "vmem", traces.vmem(), batches, steps, sizeOut());
        Attributes.record(recorder, "isyn", traces.isyn(), batches, steps, sizeOut(), synapses);
        Attributes.record(recorder, "irec", traces.irec(), batches, steps, sizeOut(), synapses);
        Attributes.record(recorder, "iahp", traces.iahp(), batches, steps, sizeOut());
        recorder.record("spikes", output);
        return output;
    }
}
