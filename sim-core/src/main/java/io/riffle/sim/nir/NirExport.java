package io.riffle.sim.nir;

import io.riffle.sim.Module;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.combinators.FFwdStack;
import io.riffle.sim.combinators.Graph;
import io.riffle.sim.combinators.Residual;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.nir.nodes.Semantics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a NIR graph of a module. NIR's own neurons go out as they are. Rockpool's go out with their parameters where
 * Rockpool's reading of such files looks for them, and the graph's metadata says so: {@code riffle.semantics} and
 * {@code riffle.dt}; so it reads back to the same network.
 */
public final class NirExport {
    private final boolean lossy;
    private final List<String> losses = new ArrayList<>();
    private final Set<Semantics> semantics = new LinkedHashSet<>();

    private NirExport(boolean lossy) {
        this.lossy = lossy;
    }

    /**
     * Writes a network as a NIR file.
     *
     * @param lossy whether what NIR cannot express is left out; else it is an error that names the module
     * @return under which reading the file holds, and what was left out, in lines
     */
    public static List<String> write(Module network, Path file, boolean lossy) {
        NirExport export = new NirExport(lossy);
        NirGraph graph = export.graph(network);
        Map<String, Object> metadata = export.metadata(network);
        NirFile.write(new NirGraph(graph.nodes(), graph.edges(), metadata), file);
        return export.report(metadata);
    }

    /** A module as a graph of its own. */
    private NirGraph graph(Module module) {
        Map<String, NirNode> nodes = new LinkedHashMap<>();
        List<NirGraph.Edge> edges = new ArrayList<>();
        nodes.put(Graph.INPUT, end("Input", module.sizeIn()));
        if (module instanceof Graph graph) {
            graph.modules().forEach((child, inner) -> nodes.put(child, node(inner, child)));
            graph.edges().forEach(edge -> edges.add(new NirGraph.Edge(edge.get(0), edge.get(1))));
        } else {
            String last = add(module, "", Graph.INPUT, nodes, edges);
            edges.add(new NirGraph.Edge(last, Graph.OUTPUT));
        }
        nodes.put(Graph.OUTPUT, end("Output", module.sizeOut()));
        return new NirGraph(nodes, edges, Map.of());
    }

    /** One node, whatever the module is made of. */
    private NirNode node(Module module, String name) {
        return module.modules().isEmpty()
                ? primitive(module, name)
                : new NirNode(name, "NIRGraph", Map.of(), Optional.of(graph(module)));
    }

    private static NirNode end(String type, int size) {
        return NirNode.of("", type, Map.of("shape", Tensor.of((float) size)));
    }

    private Map<String, Object> metadata(Module network) {
        if (semantics.size() > 1) {
            throw new RiffleException(
                    "the network has neurons of %s at once, but a NIR file is read in one way; expected one"
                            .formatted(semantics));
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        semantics.forEach(reading -> metadata.put(NirImport.SEMANTICS, reading.toString()));
        Set<Double> steps = network.timeSteps();
        if (steps.size() > 1) {
            throw new RiffleException(
                    "the modules of the network have different time-steps, %s s; expected one".formatted(steps));
        }
        steps.forEach(dt -> metadata.put(NirImport.DT, Double.toString(dt)));
        return metadata;
    }

    private List<String> report(Map<String, Object> metadata) {
        List<String> lines = new ArrayList<>();
        if (!metadata.isEmpty()) {
            lines.add("metadata: " + metadata);
        }
        if (semantics.contains(Semantics.ROCKPOOL)) {
            lines.add(
                    "the neurons hold as Rockpool reads them: exponential decay, several spikes in a step, a reset that "
                            + "takes the threshold away; a library with NIR's own equations computes something else of this file");
        } else if (!semantics.isEmpty() && !semantics.contains(Semantics.NIR)) {
            lines.add("the neurons hold as %s reads them".formatted(semantics));
        }
        losses.forEach(loss -> lines.add("lost: " + loss));
        return lines;
    }

    /**
     * Adds the nodes of a module behind another one.
     *
     * @param name of the module in the graph; empty for the network itself
     * @return the name of the node that gives the module's output
     */
    private String add(
            Module module, String name, String before, Map<String, NirNode> nodes, List<NirGraph.Edge> edges) {
        if (module instanceof Sequential) {
            return addChain(module, name, before, nodes, edges);
        } else if (module instanceof Residual) {
            return addResidual(module, name, before, nodes, edges);
        } else if (module instanceof FFwdStack) {
            return addStack(module, name, before, nodes, edges);
        }
        String own = unique(name.isEmpty() ? module.className() : name, nodes);
        nodes.put(own, node(module, own));
        edges.add(new NirGraph.Edge(before, own));
        return own;
    }

    private static String unique(String name, Map<String, NirNode> nodes) {
        String free = name;
        while (nodes.containsKey(free) || free.equals(Graph.OUTPUT)) {
            free += "_";
        }
        return free;
    }

    private static String inside(String name, String child) {
        return name.isEmpty() ? child : name + "_" + child;
    }

    private String addChain(
            Module module, String name, String before, Map<String, NirNode> nodes, List<NirGraph.Edge> edges) {
        String last = before;
        for (Map.Entry<String, Module> child : module.modules().entrySet()) {
            last = add(child.getValue(), inside(name, child.getKey()), last, nodes, edges);
        }
        return last;
    }

    /** The sum of two branches is a node into which two edges go. */
    private String addResidual(
            Module module, String name, String before, Map<String, NirNode> nodes, List<NirGraph.Edge> edges) {
        String last = addChain(module, name, before, nodes, edges);
        String sum = unique(inside(name, "sum"), nodes);
        nodes.put(sum, NirNode.of(sum, "Scale", Map.of("scale", Tensor.full(Shape.of(module.sizeOut()), 1))));
        edges.add(new NirGraph.Edge(last, sum));
        edges.add(new NirGraph.Edge(before, sum));
        return sum;
    }

    private String addStack(
            Module module, String name, String before, Map<String, NirNode> nodes, List<NirGraph.Edge> edges) {
        String last = before;
        int index = 0;
        for (Map.Entry<String, Module> child : module.modules().entrySet()) {
            last = add(child.getValue(), inside(name, child.getKey()), last, nodes, edges);
            if (index + 1 < module.modules().size()) {
                String matrix = "%d_%d_weight".formatted(index, index + 1);
                Tensor weight = module.parameters().tensor(matrix);
                String own = unique(inside(name, matrix), nodes);
                nodes.put(own, NirNode.of(own, "Linear", Map.of("weight", Primitives.transposed(weight))));
                edges.add(new NirGraph.Edge(last, own));
                last = own;
            }
            index++;
        }
        return last;
    }

    private NirNode primitive(Module module, String name) {
        ExportedNode exported = ExportedNode.of(module, name)
                .orElseThrow(() -> new RiffleException("%s: NIR has no primitive for %s, expected %s"
                        .formatted(module.where(), module.className(), ExportedNode.known())));
        if (!exported.losses().isEmpty() && !lossy) {
            throw new RiffleException("%s: NIR cannot express %s; expected --lossy to leave %s out"
                    .formatted(
                            module.where(),
                            String.join(", nor ", exported.losses()),
                            exported.losses().size() == 1
                                    ? "it"
                                    : Names.count(exported.losses().size(), "thing")));
        }
        exported.losses().forEach(loss -> losses.add("%s: %s".formatted(module.where(), loss)));
        exported.semantics().ifPresent(semantics::add);
        return exported.node();
    }
}
