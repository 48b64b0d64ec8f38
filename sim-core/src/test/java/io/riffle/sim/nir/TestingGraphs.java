package io.riffle.sim.nir;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffle.sim.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Graphs to write into files. */
final class TestingGraphs {
    private TestingGraphs() {}

    static NirNode end(String type, int... shape) {
        float[] sizes = new float[shape.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = shape[i];
        }
        return NirNode.of("", type, Map.of("shape", Tensor.of(sizes)));
    }

    /** input -> node -> output. */
    static NirGraph single(NirNode node, int in, int out) {
        return chain(new int[] {in}, new int[] {out}, Map.of(node.path(), node));
    }

    static NirGraph chain(int[] in, int[] out, Map<String, NirNode> between) {
        Map<String, NirNode> nodes = new LinkedHashMap<>();
        List<NirGraph.Edge> edges = new ArrayList<>();
        nodes.put("input", end("Input", in));
        String last = "input";
        for (Map.Entry<String, NirNode> node : between.entrySet()) {
            nodes.put(node.getKey(), node.getValue());
            edges.add(new NirGraph.Edge(last, node.getKey()));
            last = node.getKey();
        }
        nodes.put("output", end("Output", out));
        edges.add(new NirGraph.Edge(last, "output"));
        return new NirGraph(nodes, edges, Map.of());
    }

    /** Recorded rows, a step each. */
    static Tensor rows(JsonNode json) {
        int channels = json.get(0).size();
        float[] values = new float[json.size() * channels];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) json.get(i / channels).get(i % channels).asDouble();
        }
        return Tensor.wrap(values, json.size(), channels);
    }
}
