package io.riffle.sim.nir;

import io.riffle.sim.Module;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import io.riffle.sim.combinators.Graph;
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
        NirWriter.write(new NirGraph(graph.nodes(), graph.edges(), metadata), file);
        return export.report(metadata);
    }

    /** A module as a graph of its own. */
    private NirGraph graph(Module module) {
        GraphBuilder graph = new GraphBuilder(this::node);
        graph.put(Graph.INPUT, end("Input", module.sizeIn()));
        if (module instanceof Graph edges) {
            edges.modules().forEach(graph::putModule);
            edges.edges().forEach(edge -> graph.edge(edge.get(0), edge.get(1)));
        } else {
            graph.add(module, "", List.of(Graph.INPUT)).forEach(last -> graph.edge(last, Graph.OUTPUT));
        }
        graph.put(Graph.OUTPUT, end("Output", module.sizeOut()));
        return graph.build();
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
