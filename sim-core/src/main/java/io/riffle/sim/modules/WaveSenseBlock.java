package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * One block of a {@link WaveSenseNet}: a dilated convolution in time, made of synapses whose time constants grow. A layer
 * {@code lin1} (N, N k) feeds neurons {@code spk1} with k synapses each, of time constants
 * {@code max(i dilation base_tau_syn, base_tau_syn)}, i = 0 .. k - 1, the membrane's being their largest. Their spikes go
 * two ways: through {@code lin2_res} and {@code spk2_res}, to which the input is added, and through {@code lin2_skip} and
 * {@code spk2_skip}.
 *
 * <p>Input (B, T, N), output (B, T, N), the first of the two; the network takes the second from it as well. Arguments,
 * with their defaults: {@code shape} N or (N, N); {@code n_channels_skip}: N; {@code kernel_size}: 2; {@code dilation}: 1;
 * {@code tau_mem}, {@code base_tau_syn}: 0.02 s; {@code threshold}: 1; {@code dt}: 0.001 s; {@code weights}, matrices of
 * lin1, lin2_res, lin2_skip: random; or any of its modules by its name. Biases are 0; all but the weights is constant.
 * Records what its modules record, and {@code {name}_output} of each.
 */
public final class WaveSenseBlock extends Module {
    private static final List<String> LAYERS = List.of("lin1", "lin2_res", "lin2_skip");
    private static final List<String> PARTS = List.of("lin1", "spk1", "lin2_res", "spk2_res", "lin2_skip", "spk2_skip");

    private final Arguments settings;

    public WaveSenseBlock(Arguments given) {
        super(square(Attributes.sameInAndOut("WaveSenseBlock", given)), true, true);
        Arguments arguments = given.expect(
                "WaveSenseBlock",
                "n_channels_skip",
                "kernel_size",
                "dilation",
                "tau_mem",
                "base_tau_syn",
                "threshold",
                "dt",
                "weights",
                "lin1",
                "spk1",
                "lin2_res",
                "spk2_res",
                "lin2_skip",
                "spk2_skip");
        int channels = sizeIn();
        int skip = arguments.wholeNumber("n_channels_skip", channels);
        int kernel = atLeastOne(arguments, "kernel_size", 2);
        int dilation = atLeastOne(arguments, "dilation", 1);
        double base = arguments.number("base_tau_syn", 0.02);
        double tauMem = arguments.number("tau_mem", 0.02);
        double threshold = arguments.number("threshold", 1);
        double dt = arguments.number("dt", 1e-3);
        settings = without(arguments, PARTS);

        Map<String, Object> weights = Parts.weights("WaveSenseBlock", arguments, new LinkedHashSet<>(LAYERS));
        Tensor taus = taus(channels, kernel, dilation, base);
        double longest = Math.max((kernel - 1) * dilation * base, base);
        add(arguments, "lin1", Parts.linear("WaveSenseBlock", channels, channels * kernel, weights, "lin1"));
        add(
                arguments,
                "spk1",
                Parts.neurons(
                        "WaveSenseBlock",
                        "spk1",
                        Parts.constants(channels * kernel, channels, longest, taus, threshold, dt)));
        add(arguments, "lin2_res", Parts.linear("WaveSenseBlock", channels, channels, weights, "lin2_res"));
        add(
                arguments,
                "spk2_res",
                Parts.neurons(
                        "WaveSenseBlock",
                        "spk2_res",
                        Parts.constants(channels, channels, tauMem, base, threshold, dt)));
        add(arguments, "lin2_skip", Parts.linear("WaveSenseBlock", channels, skip, weights, "lin2_skip"));
        add(
                arguments,
                "spk2_skip",
                Parts.neurons("WaveSenseBlock", "spk2_skip", Parts.constants(skip, skip, tauMem, base, threshold, dt)));
    }

    private static Shape square(Shape shape) {
        return Shape.of(shape.sizeIn(), shape.sizeIn());
    }

    private void add(Arguments arguments, String name, Module described) {
        module(name, Parts.givenOr("WaveSenseBlock", arguments, name, described));
    }

    private static int atLeastOne(Arguments arguments, String name, int usual) {
        int number = arguments.wholeNumber(name, usual);
        if (number < 1) {
            throw new RiffleException("WaveSenseBlock: %s is %d, expected at least 1".formatted(name, number));
        }
        return number;
    }

    private static Tensor taus(int channels, int kernel, int dilation, double base) {
        float[] taus = new float[channels * kernel];
        for (int i = 0; i < taus.length; i++) {
            taus[i] = (float) Math.max((i % kernel) * dilation * base, base);
        }
        return Tensor.wrap(taus, channels, kernel);
    }

    static Arguments without(Arguments arguments, List<String> names) {
        Arguments rest = arguments;
        for (String name : names) {
            rest = rest.without(name);
        }
        return rest;
    }

    @Override
    public Arguments toArguments() {
        Arguments described = settings.with("weights", weights());
        return Parts.toArguments(this, new WaveSenseBlock(described), described, PARTS);
    }

    /** The matrices of its layers, by name. */
    Map<String, Tensor> weights() {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        LAYERS.forEach(
                layer -> weights.put(layer, modules().get(layer).parameters().tensor("weight")));
        return weights;
    }

    /**
     * What a block gives.
     *
     * @param residual for the next block, (B, T, N)
     * @param skip for the readout, (B, T, Nskip)
     */
    record Output(Tensor residual, Tensor skip) {}

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        return evolveBoth(given, state, recorder).residual;
    }

    Output evolveBoth(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        Tensor spikes = through(input, state, recorder, "lin1", "spk1");
        Tensor residual = through(spikes, state, recorder, "lin2_res", "spk2_res");
        Tensor skip = through(spikes, state, recorder, "lin2_skip", "spk2_skip");
        return new Output(residual.plus(input), skip);
    }

    private Tensor through(Tensor input, ModuleState state, Recorder recorder, String... names) {
        return through(modules(), input, state, recorder, names);
    }

    /** Evolves these modules one after the other. */
    static Tensor through(
            Map<String, Module> modules, Tensor input, ModuleState state, Recorder recorder, String... names) {
        Tensor signal = input;
        for (String name : names) {
            signal = modules.get(name).evolve(signal, state.of(name), recorder.of(name));
            recorder.recordOutput(name, signal);
        }
        return signal;
    }
}
