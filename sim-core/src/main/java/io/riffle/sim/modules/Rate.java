package io.riffle.sim.modules;

import static io.riffle.sim.Family.BIASES;
import static io.riffle.sim.Family.TAUS;
import static io.riffle.sim.Family.THRESHOLDS;
import static io.riffle.sim.Family.WEIGHTS;

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
import io.riffle.sim.kernels.Noise;
import io.riffle.sim.kernels.Product;

/**
 * Rate neurons, with or without recurrence. For every step, a = dt / tau:
 *
 * <pre>
 * rec = H(x) W_rec
 * x   = x + a (((-x + u) + bias) + rec)       u: the input, and noise
 * out = H(x)                                  H: relu, tanh or sigmoid of x - threshold
 * </pre>
 *
 * <p>Input and output (B, T, N). Arguments, with their defaults: {@code shape} N or (N, N); {@code tau}: 0.02 s, at
 * least dt; {@code bias}: 0; {@code threshold}: 0; each (N,) or (); {@code has_rec}: false; {@code w_rec} (N, N): normal
 * with deviation 1 / sqrt(N); {@code activation_func}: relu, tanh or sigmoid; {@code noise_std}: 0, of the input, per
 * root second; {@code dt}: 0.001 s. Records {@code x} and {@code rec_input}.
 */
public final class Rate extends Module {
    private final boolean recurrent;
    private final Parameter weights;
    private final Parameter tau;
    private final Parameter bias;
    private final Parameter threshold;
    private final SimulationParameter<Double> dt;
    private final SimulationParameter<Double> noiseDeviation;
    private final SimulationParameter<String> activation;
    private final State x;
    private final Derived<Step> step;
    private final Derived<Product> product;

    public Rate(int neurons) {
        this(Arguments.shape(neurons));
    }

    public Rate(Arguments given) {
        super(shapeOf(given.of("Rate")));
        Arguments arguments = given.expect(
                "Rate", "tau", "bias", "threshold", "has_rec", "w_rec", "activation_func", "noise_std", "dt", "seed");
        recurrent = arguments.flag("has_rec", false);
        if (!recurrent && arguments.has("w_rec")) {
            throw new RiffleException("Rate: w_rec is given but has_rec is false, expected has_rec: true");
        }
        int neurons = sizeOut();
        Shape each = Shape.of(neurons);
        Init random = Init.unitEigs(arguments.seed());
        weights = recurrent
                ? parameter("w_rec", arguments.parameter("w_rec", WEIGHTS, random, Shape.of(neurons, neurons)))
                : null;
        tau = parameter("tau", arguments.parameter("tau", TAUS, Init.constant(0.02), each, Shape.SCALAR));
        bias = parameter("bias", arguments.parameter("bias", BIASES, Init.zeros(), each, Shape.SCALAR));
        threshold =
                parameter("threshold", arguments.parameter("threshold", THRESHOLDS, Init.zeros(), each, Shape.SCALAR));
        simulationParameter("has_rec", SimulationParameter.of(recurrent).fixed());
        dt = simulationParameter("dt", SimulationParameter.of(arguments.number("dt", 1e-3)));
        noiseDeviation = simulationParameter("noise_std", SimulationParameter.of(arguments.number("noise_std", 0)));
        activation = simulationParameter(
                "act_fn",
                SimulationParameter.of(Activation.named(arguments.text("activation_func", "relu"))
                        .text()));
        x = state("x", State.withShape(each));
        product = recurrent ? derived(() -> Product.of(weights.value().arrayWithoutCopy(), neurons, neurons)) : null;
        step = derived(this::newStep);
        step.get(); // so that values that cannot be computed with are an error now, not at the first step
    }

    private static Shape shapeOf(Arguments arguments) {
        Shape shape = arguments.shape();
        if (shape.rank() == 0 || shape.rank() > 2 || shape.sizeIn() != shape.sizeOut()) {
            throw new RiffleException("Rate: the shape is %s, expected (N,) or (N, N)".formatted(shape));
        }
        return shape;
    }

    @Override
    public Arguments toArguments() {
        return super.toArguments().without("act_fn").with("activation_func", activation.value());
    }

    /** What a step needs, spread over the neurons. */
    private record Step(float[] rate, float[] bias, float[] threshold, Activation activation, float noiseDeviation) {}

    private Step newStep() {
        double seconds = Attributes.positive(this, "dt", dt.value());
        float[] rates = Attributes.spread(tau.value(), sizeOut());
        for (int n = 0; n < rates.length; n++) {
            rates[n] = Attributes.eulerRate(this, "tau", (float) seconds, rates[n]);
        }
        return new Step(
                rates,
                Attributes.spread(bias.value(), sizeOut()),
                Attributes.spread(threshold.value(), sizeOut()),
                Activation.named(activation.value()),
                (float) (Attributes.notNegative(this, "noise_std", noiseDeviation.value()) * StrictMath.sqrt(seconds)));
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        int batches = input.batches();
        int steps = input.steps();
        int neurons = sizeOut();
        float[] output = state.newOutput(batches * steps * neurons);
        float[] xTrace = recorder.wants("x") ? new float[output.length] : null;
        float[] recTrace = recorder.wants("rec_input") ? new float[output.length] : null;
        float[] active = new float[neurons];
        float[] rec = new float[neurons];
        for (int b = 0; b < batches; b++) {
            Noise noise = state.noise(b);
            float[] values = state.valuesWithoutCopy();
            int at = state.offset(x, b);
            activity(values, at, active);
            for (int t = 0; t < steps; t++) {
                int row = (b * steps + t) * neurons;
                if (recurrent) {
                    product.get().multiply(active, 0, 1, rec, 0);
                }
                step(values, at, input.arrayWithoutCopy(), row, rec, noise, state.nextStep(b) + t);
                activity(values, at, active);
                System.arraycopy(active, 0, output, row, neurons);
                if (xTrace != null) {
                    System.arraycopy(values, at, xTrace, row, neurons);
                }
                if (recTrace != null) {
                    System.arraycopy(rec, 0, recTrace, row, neurons);
                }
            }
        }
        Attributes.record(recorder, "rec_input", recTrace, batches, steps, neurons);
        Attributes.record(recorder, "x", xTrace, batches, steps, neurons);
        return output(output, input);
    }

    private void step(float[] values, int at, float[] input, int row, float[] rec, Noise noise, long number) {
        Step now = step.get();
        for (int n = 0; n < rec.length; n++) {
            float drive = input[row + n];
            if (now.noiseDeviation != 0) {
                drive += now.noiseDeviation * noise.normal(number, n);
            }
            float before = values[at + n];
            values[at + n] = before + now.rate[n] * (-before + drive + now.bias[n] + rec[n]);
        }
    }

    private void activity(float[] values, int at, float[] active) {
        Step now = step.get();
        for (int n = 0; n < active.length; n++) {
            active[n] = now.activation.of(values[at + n], now.threshold[n]);
        }
    }
}
