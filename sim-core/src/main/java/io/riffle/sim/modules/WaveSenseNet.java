package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.SimulationParameter;
import io.riffle.sim.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A network of dilated temporal convolutions for keywords and the like (Weidel and Sheik, 2021): {@code lin1},
 * {@code spk1}, then blocks {@code wave0}, {@code wave1}, .. one after the other, each a {@link WaveSenseBlock}. The sum of
 * what the blocks give besides goes through {@code hidden}, {@code spk2}, {@code readout}, {@code spk_out}.
 *
 * <p>Input (B, T, n_channels_in), output (B, T, n_classes), counts of spikes. Arguments, with their defaults:
 *
 * <ul>
 *   <li>{@code dilations}, one for each block; {@code n_classes}, {@code n_channels_in}, {@code n_channels_res},
 *       {@code n_channels_skip}, {@code n_hidden}; {@code kernel_size}: 2
 *   <li>{@code tau_mem}, {@code base_tau_syn}, and {@code tau_lp} of the readout: 0.02 s; {@code dt}: 0.001 s
 *   <li>{@code threshold}, {@code threshold_out}: 1
 *   <li>{@code weights}: matrices of lin1, hidden, readout by name, and those of a block under the block's name; those that
 *       are not given are random
 *   <li>or any of its modules by its name
 * </ul>
 *
 * Biases are 0; all but the weights is constant. Records what its modules record, and {@code {name}_output} of all but
 * spk_out.
 */
public final class WaveSenseNet extends Module {
    private static final List<String> LAYERS = List.of("lin1", "hidden", "readout");

    private final Arguments settings;
    private final List<WaveSenseBlock> blocks = new ArrayList<>();

    public WaveSenseNet(Arguments given) {
        super(shapeOf(given.of("WaveSenseNet")), true, true);
        List<String> blockNames = blockNames(given.of("WaveSenseNet"));
        List<String> parts = new ArrayList<>(List.of("lin1", "spk1", "hidden", "spk2", "readout", "spk_out"));
        parts.addAll(blockNames);
        List<String> known = new ArrayList<>(List.of(
                "dilations",
                "n_classes",
                "n_channels_in",
                "n_channels_res",
                "n_channels_skip",
                "n_hidden",
                "kernel_size",
                "tau_mem",
                "base_tau_syn",
                "tau_lp",
                "threshold",
                "threshold_out",
                "dt",
                "weights"));
        known.addAll(parts);
        Arguments arguments = given.expect("WaveSenseNet", known.toArray(String[]::new));
        settings = WaveSenseBlock.without(arguments, parts);

        int residual = count(arguments, "n_channels_res");
        int skip = count(arguments, "n_channels_skip");
        int hidden = count(arguments, "n_hidden");
        double tauMem = arguments.number("tau_mem", 0.02);
        double tauSyn = arguments.number("base_tau_syn", 0.02);
        double tauOut = arguments.number("tau_lp", 0.02);
        double threshold = arguments.number("threshold", 1);
        double thresholdOut = arguments.number("threshold_out", 1);
        double dt = arguments.number("dt", 1e-3);
        List<String> withWeights = new ArrayList<>(LAYERS);
        withWeights.addAll(blockNames);
        Map<String, Object> weights = Parts.weights("WaveSenseNet", arguments, new LinkedHashSet<>(withWeights));

        simulationParameter("dt", SimulationParameter.of(dt).fixed());
        add(arguments, "lin1", Parts.linear("WaveSenseNet", sizeIn(), residual, weights, "lin1"));
        add(
                arguments,
                "spk1",
                Parts.neurons(
                        "WaveSenseNet", "spk1", Parts.constants(residual, residual, tauMem, tauSyn, threshold, dt)));
        for (int i = 0; i < blockNames.size(); i++) {
            String name = blockNames.get(i);
            Arguments block = Arguments.shape(residual)
                    .with("n_channels_skip", skip)
                    .with("kernel_size", arguments.wholeNumber("kernel_size", 2))
                    .with("dilation", (double) arguments.tensor("dilations").arrayWithoutCopy()[i])
                    .with("tau_mem", tauMem)
                    .with("base_tau_syn", tauSyn)
                    .with("threshold", threshold)
                    .with("dt", dt)
                    .with("weights", weights.getOrDefault(name, Map.of()));
            blocks.add(add(arguments, name, Parts.made("WaveSenseNet", name, () -> new WaveSenseBlock(block))));
        }
        add(arguments, "hidden", Parts.linear("WaveSenseNet", skip, hidden, weights, "hidden"));
        add(
                arguments,
                "spk2",
                Parts.neurons("WaveSenseNet", "spk2", Parts.constants(hidden, hidden, tauMem, tauSyn, threshold, dt)));
        add(arguments, "readout", Parts.linear("WaveSenseNet", hidden, sizeOut(), weights, "readout"));
        add(
                arguments,
                "spk_out",
                Parts.neurons(
                        "WaveSenseNet",
                        "spk_out",
                        Parts.constants(sizeOut(), sizeOut(), tauOut, tauOut, thresholdOut, dt)));
    }

    private static Shape shapeOf(Arguments arguments) {
        return Shape.of(count(arguments, "n_channels_in"), count(arguments, "n_classes"));
    }

    private static int count(Arguments arguments, String name) {
        arguments.get(name);
        return arguments.wholeNumber(name, 0);
    }

    private static List<String> blockNames(Arguments arguments) {
        int blocks = arguments.tensor("dilations").shape().count();
        if (blocks == 0) {
            throw new RiffleException("WaveSenseNet: dilations are empty, expected one for each block");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            names.add("wave" + i);
        }
        return names;
    }

    private <M extends Module> M add(Arguments arguments, String name, M described) {
        return module(name, Parts.givenOr("WaveSenseNet", arguments, name, described));
    }

    @Override
    public Arguments toArguments() {
        Map<String, Object> weights = new LinkedHashMap<>();
        modules().forEach((name, part) -> {
            if (part instanceof Linear) {
                weights.put(name, part.parameters().tensor("weight"));
            } else if (part instanceof WaveSenseBlock block) {
                weights.put(name, block.weights());
            }
        });
        Arguments described = settings.with("weights", weights);
        return Parts.toArguments(
                this,
                new WaveSenseNet(described),
                described,
                List.copyOf(modules().keySet()));
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor signal = through(accept(given), state, recorder, "lin1", "spk1");
        Tensor skips = null;
        for (WaveSenseBlock block : blocks) {
            String name = block.name().orElseThrow();
            WaveSenseBlock.Output output = block.evolveBoth(signal, state.of(name), recorder.of(name));
            signal = recorder.recordOutput(name, output.residual());
            skips = skips == null ? output.skip() : skips.plus(output.skip());
        }
        Tensor last = through(skips, state, recorder, "hidden", "spk2", "readout");
        return modules().get("spk_out").evolve(last, state.of("spk_out"), recorder.of("spk_out"));
    }

    private Tensor through(Tensor input, ModuleState state, Recorder recorder, String... names) {
        return WaveSenseBlock.through(modules(), input, state, recorder, names);
    }
}
