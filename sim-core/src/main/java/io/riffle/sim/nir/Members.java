package io.riffle.sim.nir;

import java.util.List;
import java.util.Map;

/** What the specification says that a primitive has; a file may hold more, which means nothing here. */
final class Members {
    /** What the nodes of some versions say of their signals: {@code input_type}, or {@code input_type.input}. */
    private static final List<String> DECLARATIONS = List.of("input_type", "output_type");

    private static final List<String> CONVOLUTION =
            List.of("weight", "bias", "stride", "padding", "dilation", "groups", "input_shape");
    private static final List<String> POOL = List.of("kernel_size", "stride", "padding");

    private static final Map<String, List<String>> OF = Map.ofEntries(
            Map.entry("Input", List.of("shape")),
            Map.entry("Output", List.of("shape")),
            Map.entry("Affine", List.of("weight", "bias")),
            Map.entry("Linear", List.of("weight")),
            Map.entry("Scale", List.of("scale")),
            Map.entry("LI", List.of("tau", "r", "v_leak")),
            Map.entry("LIF", List.of("tau", "r", "v_leak", "v_threshold", "v_reset")),
            Map.entry("CubaLI", List.of("tau_syn", "tau_mem", "r", "v_leak", "w_in")),
            Map.entry("CubaLIF", List.of("tau_syn", "tau_mem", "r", "v_leak", "v_threshold", "w_in", "v_reset")),
            Map.entry("I", List.of("r")),
            Map.entry("IF", List.of("r", "v_threshold", "v_reset")),
            Map.entry("Threshold", List.of("threshold")),
            Map.entry("Delay", List.of("delay")),
            Map.entry("Flatten", List.of("start_dim", "end_dim")),
            Map.entry("Conv1d", CONVOLUTION),
            Map.entry("Conv2d", CONVOLUTION),
            Map.entry("SumPool2d", POOL),
            Map.entry("AvgPool2d", POOL));

    private Members() {}

    static List<String> of(String type) {
        return OF.getOrDefault(type, List.of());
    }

    /** What a node has besides. */
    static List<String> beyond(NirNode node) {
        return node.values().keySet().stream()
                .filter(name -> !of(node.type()).contains(name) && !declares(name))
                .toList();
    }

    private static boolean declares(String name) {
        return DECLARATIONS.stream().anyMatch(known -> name.equals(known) || name.startsWith(known + "."));
    }
}
