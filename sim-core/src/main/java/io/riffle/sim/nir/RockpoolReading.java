package io.riffle.sim.nir;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.Tensor;
import io.riffle.sim.modules.ExpSyn;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.LIFNeuron;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rockpool's own modules for the nodes that it reads: Linear, Affine, LIF, CubaLIF, LI, and recurrent CubaLIF as a graph of
 * four nodes.
 */
final class RockpoolReading {
    private RockpoolReading() {}

    static Module module(NirNode node, int[] shape, Optional<Double> dt, Report report) {
        if (node.is("Linear", "Affine")) {
            return Primitives.linear(node);
        }
        double seconds = dt.orElseThrow(() -> node.wrong("it needs the length of a step; expected --dt"));
        Arguments arguments = Arguments.shape(Dimensions.count(shape)).with("dt", seconds);
        return switch (node.type()) {
            case "LIF" ->
                new LIFNeuron(arguments
                        .with("tau_mem", stretched(node, "tau", shape, seconds, report))
                        .with("bias", Primitives.values(node, "v_leak", shape, report))
                        .with("threshold", Primitives.values(node, "v_threshold", shape, report)));
            case "CubaLIF" -> new LIF(lif(arguments, node, shape, seconds, report));
            case "LI" -> new ExpSyn(arguments.with("tau", Primitives.values(node, "tau", shape, report)));
            case "NIRGraph" -> recurrent(node, arguments, seconds, report);
            default -> throw Primitives.unknown(node);
        };
    }

    /** Time constants in the step of the network, which may be another than Rockpool gives the node. */
    private static Tensor stretched(NirNode node, String name, int[] shape, double dt, Report report) {
        Tensor taus = Primitives.values(node, name, shape, report);
        double stretch = TimeStep.stretch(node, dt);
        if (stretch == 1) {
            return taus;
        }
        report.say(
                ("node '%s' (%s) has in rockpool steps of %s s: its %s is taken %s times, which decays as much in the "
                                + "network's step of %s s")
                        .formatted(
                                node.path(), node.type(), (float) (dt / stretch), name, (float) stretch, (float) dt));
        float[] values = taus.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * stretch);
        }
        return Tensor.wrap(values, taus.shape());
    }

    private static Arguments lif(Arguments arguments, NirNode node, int[] shape, double dt, Report report) {
        return arguments
                .with("tau_mem", stretched(node, "tau_mem", shape, dt, report))
                .with("tau_syn", stretched(node, "tau_syn", shape, dt, report))
                .with("bias", Primitives.values(node, "v_leak", shape, report))
                .with("threshold", Primitives.values(node, "v_threshold", shape, report));
    }

    private static Module recurrent(NirNode node, Arguments arguments, double dt, Report report) {
        Map<String, NirNode> nodes = node.inner().orElseThrow().nodes();
        List<NirNode> neurons =
                nodes.values().stream().filter(inner -> inner.is("CubaLIF")).toList();
        List<NirNode> weights = nodes.values().stream()
                .filter(inner -> inner.is("Linear", "Affine"))
                .toList();
        if (nodes.size() != 4 || neurons.size() != 1 || weights.size() != 1) {
            throw node.wrong(
                    "rockpool reads graphs in a graph only of the nodes Input, CubaLIF, Linear or Affine, Output");
        }
        NirNode back = weights.get(0);
        if (back.is("Affine")) {
            for (float bias : back.tensor("bias").arrayWithoutCopy()) {
                if (bias != 0) {
                    report.warn("rockpool drops the bias of '%s'".formatted(back.path()));
                    break;
                }
            }
        }
        int size = Dimensions.count(Dimensions.inner(node, "Input").whole("shape"));
        Tensor matrix = NirImport.weights(back);
        return new LIF(lif(arguments, neurons.get(0), new int[] {size}, dt, report)
                .with("w_rec", matrix)
                .with("has_rec", true));
    }
}
