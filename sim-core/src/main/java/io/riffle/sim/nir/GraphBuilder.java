package io.riffle.sim.nir;

import io.riffle.sim.Module;
import io.riffle.sim.Tensor;
import io.riffle.sim.combinators.FFwdStack;
import io.riffle.sim.combinators.Graph;
import io.riffle.sim.combinators.Residual;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.nir.nodes.Spatial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Lays out modules that are made of modules as nodes and edges of one graph. */
final class GraphBuilder {
    private final BiFunction<Module, String, NirNode> toNode;
    private final Map<String, NirNode> nodes = new LinkedHashMap<>();
    private final List<NirGraph.Edge> edges = new ArrayList<>();
    private final Map<String, int[]> in = new LinkedHashMap<>();
    private final Map<String, int[]> out = new LinkedHashMap<>();

    /** @param toNode one node of a module and a name */
    GraphBuilder(BiFunction<Module, String, NirNode> toNode) {
        this.toNode = toNode;
    }

    NirGraph build() {
        return SignalShapes.spread(new NirGraph(nodes, edges, Map.of()), in, out);
    }

    void put(String name, NirNode node) {
        nodes.put(name, node);
    }

    void putModule(String name, Module module) {
        nodes.put(name, toNode.apply(module, name));
        if (module instanceof Spatial spatial) {
            in.put(name, spatial.signalIn().toArray());
            out.put(name, spatial.signalOut().toArray());
        }
    }

    void edge(String from, String to) {
        edges.add(new NirGraph.Edge(from, to));
    }

    /**
     * Adds a module behind nodes whose outputs are summed.
     *
     * @param name of the module; empty for the network itself
     * @return the nodes whose sum is its output
     */
    List<String> add(Module module, String name, List<String> before) {
        if (module instanceof Sequential) {
            return addChain(module, name, before);
        } else if (module instanceof Residual) {
            List<String> both = new ArrayList<>(addChain(module, name, before));
            both.addAll(before);
            return both;
        } else if (module instanceof FFwdStack) {
            return addStack(module, name, before);
        }
        String own = unique(name.isEmpty() ? module.className() : name);
        putModule(own, module);
        before.forEach(from -> edge(from, own));
        return List.of(own);
    }

    private List<String> addChain(Module module, String name, List<String> before) {
        List<String> last = before;
        for (Map.Entry<String, Module> child : module.modules().entrySet()) {
            last = add(child.getValue(), inside(name, child.getKey()), last);
        }
        return last;
    }

    private List<String> addStack(Module module, String name, List<String> before) {
        List<String> last = before;
        int index = 0;
        for (Map.Entry<String, Module> child : module.modules().entrySet()) {
            last = add(child.getValue(), inside(name, child.getKey()), last);
            if (index + 1 < module.modules().size()) {
                String matrix = "%d_%d_weight".formatted(index, index + 1);
                Tensor weight = Primitives.transposed(ExportedNode.tensor(module, matrix));
                String own = unique(inside(name, matrix));
                nodes.put(own, NirNode.of(own, "Linear", Map.of("weight", weight)));
                last.forEach(from -> edge(from, own));
                last = List.of(own);
            }
            index++;
        }
        return last;
    }

    private String unique(String name) {
        String free = name;
        while (nodes.containsKey(free) || free.equals(Graph.OUTPUT)) {
            free += "_";
        }
        return free;
    }

    private static String inside(String name, String child) {
        return name.isEmpty() ? child : name + "_" + child;
    }
}
