package io.riffle.sim.nir;

import io.riffle.sim.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the nodes around convolutions and pools the dimensions of their signals, which are flat in Riffle: others read
 * them from these nodes.
 */
final class SignalShapes {
    /** Nodes that give what they take, value by value. */
    private static final List<String> POINTWISE =
            List.of("LI", "LIF", "CubaLI", "CubaLIF", "I", "IF", "Scale", "Threshold", "Delay", "Input", "Output");

    private final NirGraph graph;
    private final Map<String, int[]> in = new HashMap<>();
    private final Map<String, int[]> out = new HashMap<>();

    private SignalShapes(NirGraph graph) {
        this.graph = graph;
    }

    /**
     * @param in what the nodes take that have dimensions of their own
     * @param out what these give
     */
    static NirGraph spread(NirGraph flat, Map<String, int[]> in, Map<String, int[]> out) {
        if (in.isEmpty()) {
            return flat;
        }
        SignalShapes shapes = new SignalShapes(flat);
        in.keySet().forEach(node -> shapes.spread(node, in.get(node), out.get(node)));
        return shapes.shaped();
    }

    /** First to those behind, then to those in front, each node being given its dimensions once. */
    private void spread(String node, int[] taken, int[] given) {
        in.put(node, taken);
        out.put(node, given);
        Deque<String> open = new ArrayDeque<>(List.of(node));
        while (!open.isEmpty()) {
            String now = open.remove();
            for (NirGraph.Edge edge : graph.edges()) {
                if (edge.from().equals(now) && out.containsKey(now)) {
                    reach(edge.to(), out.get(now), open);
                } else if (edge.to().equals(now) && in.containsKey(now)) {
                    reach(edge.from(), in.get(now), open);
                }
            }
        }
    }

    private void reach(String node, int[] shape, Deque<String> open) {
        NirNode found = graph.nodes().get(node);
        if (in.containsKey(node)) {
            return;
        }
        if (found.is("Flatten")) {
            in.put(node, shape);
        } else if (POINTWISE.contains(found.type())) {
            in.put(node, shape);
            out.put(node, shape);
            open.add(node);
        }
    }

    private NirGraph shaped() {
        Map<String, NirNode> nodes = new LinkedHashMap<>();
        graph.nodes()
                .forEach((name, node) -> nodes.put(name, in.containsKey(name) ? shaped(node, in.get(name)) : node));
        return new NirGraph(nodes, graph.edges(), graph.metadata());
    }

    private static NirNode shaped(NirNode node, int[] shape) {
        Map<String, Object> values = new LinkedHashMap<>(node.values());
        if (node.is("Flatten")) {
            values.put("input_type", sizes(shape));
        } else if (node.is("Input", "Output")) {
            values.put("shape", sizes(shape));
        } else if (POINTWISE.contains(node.type())) {
            values.replaceAll((name, value) -> ((Tensor) value).reshape(shape));
        }
        return NirNode.of(node.path(), node.type(), values);
    }

    private static Tensor sizes(int[] shape) {
        float[] sizes = new float[shape.length];
        for (int i = 0; i < shape.length; i++) {
            sizes[i] = shape[i];
        }
        return Tensor.of(sizes);
    }
}
