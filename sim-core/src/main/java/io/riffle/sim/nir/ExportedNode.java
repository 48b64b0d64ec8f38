package io.riffle.sim.nir;

import io.riffle.sim.Attribute;
import io.riffle.sim.Module;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.nir.nodes.Semantics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A module as a node of NIR.
 *
 * @param losses what of it NIR cannot express, in words
 * @param semantics the only reading under which it holds, if it matters
 */
record ExportedNode(NirNode node, List<String> losses, Optional<Semantics> semantics) {
    private static final double NO_LIMIT = 65536;

    /** Names of the modules by which a module's own primitive is called. */
    private static final Map<String, String> OWN = Map.ofEntries(
            Map.entry("NIRLI", "LI"),
            Map.entry("NIRLIF", "LIF"),
            Map.entry("NIRCubaLI", "CubaLI"),
            Map.entry("NIRCubaLIF", "CubaLIF"),
            Map.entry("NIRI", "I"),
            Map.entry("NIRIF", "IF"),
            Map.entry("Scale", "Scale"),
            Map.entry("Threshold", "Threshold"),
            Map.entry("Delay", "Delay"),
            Map.entry("Conv1d", "Conv1d"),
            Map.entry("Conv2d", "Conv2d"),
            Map.entry("SumPool2d", "SumPool2d"),
            Map.entry("AvgPool2d", "AvgPool2d"));

    static String known() {
        return "Linear, LIF, LIFNeuron, ExpSyn, Flatten or "
                + OWN.keySet().stream().sorted().toList();
    }

    /** Nothing if NIR has no primitive for it. */
    static Optional<ExportedNode> of(Module module, String name) {
        return Optional.ofNullable(
                switch (module.className()) {
                    case "Linear" -> linear(module, name);
                    case "LIF" -> lif(module, name);
                    case "LIFNeuron" -> neuron(module, name);
                    case "ExpSyn" -> synapse(module, name);
                    case "Flatten" -> flatten(module, name);
                    default -> own(module, name);
                });
    }

    private static ExportedNode alike(NirNode node) {
        return new ExportedNode(node, List.of(), Optional.empty());
    }

    private static ExportedNode linear(Module module, String name) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("weight", Primitives.transposed(tensor(module, "weight")));
        if (module.attributes().containsKey("bias")) {
            values.put("bias", each(module, "bias", module.sizeOut()));
        }
        return alike(NirNode.of(name, values.containsKey("bias") ? "Affine" : "Linear", values));
    }

    private static ExportedNode flatten(Module module, String name) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("start_dim", Tensor.scalar(0));
        values.put("end_dim", Tensor.scalar(-1));
        values.put("input_type", Tensor.of((float) module.sizeIn()));
        return alike(NirNode.of(name, "Flatten", values));
    }

    /** NIR's own primitives, with the values as they are; one for all neurons is written for each. */
    private static ExportedNode own(Module module, String name) {
        String type = OWN.get(module.className());
        if (type == null) {
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        boolean space = module.className().matches("(Conv|SumPool|AvgPool)\\dd");
        module.attributes().forEach((attribute, value) -> {
            if (value.kind() == Attribute.Kind.PARAMETER) {
                Tensor tensor = tensor(module, attribute);
                values.put(
                        attribute,
                        space && !attribute.equals("bias")
                                ? tensor
                                : spread(tensor, space ? tensor.shape().count() : module.sizeOut()));
            } else if (value.kind() == Attribute.Kind.SIMULATION_PARAMETER && space) {
                Object setting = module.simulationParameters().get(attribute);
                values.put(attribute, setting instanceof Number number ? Tensor.scalar(number.doubleValue()) : setting);
            }
        });
        if (type.startsWith("Conv")) {
            values.put(
                    "bias",
                    each(module, "bias", tensor(module, "weight").shape().size(0)));
            if (type.equals("Conv1d")) {
                values.put("input_shape", ((Tensor) values.get("input_shape")).reshape());
                for (String one : List.of("stride", "padding", "dilation")) {
                    if (values.get(one) instanceof Tensor tensor) {
                        values.put(one, tensor.reshape());
                    }
                }
            }
        } else if (space) {
            values.remove("input_shape"); // follows from what comes before
        }
        Optional<Semantics> semantics = module.attributes().containsKey("semantics")
                ? Optional.of(Semantics.of(
                        module.simulationParameters().get("semantics").toString()))
                : Optional.empty();
        return new ExportedNode(NirNode.of(name, type, values), List.of(), semantics);
    }

    private static ExportedNode neuron(Module module, String name) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("tau", each(module, "tau_mem", module.sizeOut()));
        addMembrane(values, module, "tau");
        return new ExportedNode(NirNode.of(name, "LIF", values), losses(module), Optional.of(Semantics.ROCKPOOL));
    }

    private static ExportedNode lif(Module module, String name) {
        List<String> losses = losses(module);
        if (module.sizeIn() != module.sizeOut()) {
            throw new RiffleException("%s: NIR's neurons have one synapse, but these have %d each"
                    .formatted(module.where(), module.sizeIn() / module.sizeOut()));
        }
        Object leakMode = module.simulationParameters().has("leak_mode")
                ? module.simulationParameters().get("leak_mode")
                : "taus";
        if (!leakMode.equals("taus")) {
            throw new RiffleException("%s: NIR's neurons have time constants, but these have the leak_mode '%s'"
                    .formatted(module.where(), leakMode));
        }
        int neurons = module.sizeOut();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("tau_syn", each(module, "tau_syn", neurons));
        values.put("tau_mem", each(module, "tau_mem", neurons));
        addMembrane(values, module, "tau_mem");
        values.put("w_in", Tensor.full(Shape.of(neurons), 1));
        NirNode node = NirNode.of(name, "CubaLIF", values);
        if (module.attributes().containsKey("w_rec")) {
            node = recurrent(module, name, values);
        }
        return new ExportedNode(node, losses, Optional.of(Semantics.ROCKPOOL));
    }

    private static NirNode recurrent(Module module, String name, Map<String, Object> values) {
        int neurons = module.sizeOut();
        Map<String, NirNode> nodes = new LinkedHashMap<>();
        Map<String, Object> shape = Map.of("shape", Tensor.of((float) neurons));
        nodes.put("input", NirNode.of("input", "Input", shape));
        nodes.put("lif", NirNode.of("lif", "CubaLIF", values));
        Tensor back = Primitives.transposed(tensor(module, "w_rec"));
        nodes.put("w_rec", NirNode.of("w_rec", "Linear", Map.of("weight", back)));
        nodes.put("output", NirNode.of("output", "Output", shape));
        List<NirGraph.Edge> edges = List.of(
                new NirGraph.Edge("input", "lif"),
                new NirGraph.Edge("lif", "w_rec"),
                new NirGraph.Edge("w_rec", "lif"),
                new NirGraph.Edge("lif", "output"));
        return new NirNode(name, "NIRGraph", Map.of(), Optional.of(new NirGraph(nodes, edges, Map.of())));
    }

    private static ExportedNode synapse(Module module, String name) {
        Map<String, Object> values = new LinkedHashMap<>();
        int synapses = module.sizeOut();
        values.put("tau", each(module, "tau", synapses));
        values.put("r", Tensor.full(Shape.of(synapses), 1));
        values.put("v_leak", Tensor.zeros(Shape.of(synapses)));
        return new ExportedNode(NirNode.of(name, "LI", values), losses(module), Optional.of(Semantics.ROCKPOOL));
    }

    /** r such that tau / (1 + r) is dt, by which Rockpool finds dt. */
    private static void addMembrane(Map<String, Object> values, Module module, String tau) {
        int neurons = module.sizeOut();
        float[] taus = ((Tensor) values.get(tau)).toArray();
        double dt = module.simulationParameters().get("dt") instanceof Double seconds ? seconds : 0;
        for (int n = 0; n < neurons; n++) {
            taus[n] = (float) (taus[n] / dt - 1);
        }
        values.put("r", Tensor.of(taus));
        values.put("v_leak", each(module, "bias", neurons));
        values.put("v_threshold", each(module, "threshold", neurons));
        values.put("v_reset", Tensor.zeros(Shape.of(neurons)));
    }

    /** What is set so that it matters and has no place in NIR. */
    private static List<String> losses(Module module) {
        List<String> losses = new ArrayList<>();
        if (number(module, "noise_std", 0) != 0) {
            losses.add("noise_std %s".formatted(number(module, "noise_std", 0)));
        }
        if (number(module, "max_spikes_per_dt", NO_LIMIT) < NO_LIMIT) {
            losses.add("max_spikes_per_dt %s".formatted(number(module, "max_spikes_per_dt", NO_LIMIT)));
        }
        return losses;
    }

    private static double number(Module module, String name, double otherwise) {
        return module.attributes().containsKey(name)
                        && module.simulationParameters().get(name) instanceof Number number
                ? number.doubleValue()
                : otherwise;
    }

    /** A parameter, also one that is constant. */
    static Tensor tensor(Module module, String name) {
        return module.attributes().get(name).kind() == Attribute.Kind.PARAMETER
                ? module.parameters().tensor(name)
                : module.simulationParameters().tensor(name);
    }

    private static Tensor each(Module module, String name, int count) {
        return spread(tensor(module, name), count);
    }

    private static Tensor spread(Tensor values, int count) {
        float[] given = values.arrayWithoutCopy();
        float[] spread = new float[count];
        for (int i = 0; i < count; i++) {
            spread[i] = given[i % given.length];
        }
        return Tensor.of(spread);
    }
}
