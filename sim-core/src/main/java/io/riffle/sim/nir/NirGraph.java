package io.riffle.sim.nir;

import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A graph as its file has it: nodes in the order of the file, and edges between them.
 *
 * @param metadata texts and numbers that the file says of the whole graph
 */
record NirGraph(Map<String, NirNode> nodes, List<Edge> edges, Map<String, Object> metadata) {
    /** What {@code from} gives goes to {@code to}. */
    record Edge(String from, String to) {}

    NirGraph {
        nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        edges = List.copyOf(edges);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** @throws RiffleException if an edge begins or ends nowhere */
    void check() {
        for (Edge edge : edges) {
            for (String end : List.of(edge.from(), edge.to())) {
                if (!nodes.containsKey(end)) {
                    throw new RiffleException("the edge from '%s' to '%s': there is no node '%s'%s"
                            .formatted(edge.from(), edge.to(), end, Names.hint(end, new TreeSet<>(nodes.keySet()))));
                }
            }
        }
    }
}
