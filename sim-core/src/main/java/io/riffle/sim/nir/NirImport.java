package io.riffle.sim.nir;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import io.riffle.sim.combinators.Graph;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.nir.nodes.Semantics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a module of a NIR graph: a chain becomes a {@link Sequential}, so that each node is an operator of its own on a
 * stream; anything else a {@link Graph}.
 */
final class NirImport {
    /** What an exported file says about its reading, in the metadata of the graph. */
    static final String SEMANTICS = "riffle.semantics";

    static final String DT = "riffle.dt";

    /** What the libraries themselves refuse, or leave out. */
    private static final Map<Semantics, Set<String>> NOT_READ = Map.of(
            Semantics.NORSE, Set.of("I", "CubaLI"),
            Semantics.SNNTORCH, Set.of("LI", "I", "CubaLI"),
            Semantics.SINABS, Set.of("CubaLIF", "CubaLI", "Linear", "Scale", "I", "Threshold", "Delay"),
            Semantics.ROCKPOOL,
                    Set.of(
                            "CubaLI",
                            "I",
                            "IF",
                            "Scale",
                            "Threshold",
                            "Delay",
                            "Flatten",
                            "Conv1d",
                            "Conv2d",
                            "SumPool2d",
                            "AvgPool2d"));

    private final Semantics semantics;
    private final Optional<Double> dt;
    private final Report report;

    private NirImport(Semantics semantics, Optional<Double> dt, Report report) {
        this.semantics = semantics;
        this.dt = dt;
        this.report = report;
    }

    static NirNetwork read(Path file, NirSettings settings) {
        NirGraph graph = NirFile.read(file);
        Report report = new Report();
        try {
            Semantics semantics = settings.semantics()
                    .or(() -> Optional.ofNullable(graph.metadata().get(SEMANTICS))
                            .map(text -> Semantics.of(text.toString())))
                    .orElse(Semantics.NIR);
            Optional<Double> dt = TimeStep.of(graph, semantics, settings.dt());
            Assumptions.of(semantics, dt, graph).forEach(report::say);
            Module module = new NirImport(semantics, dt, report).module(graph, "");
            return new NirNetwork(module, report.lines());
        } catch (RiffleException wrong) {
            throw new RiffleException("%s: %s".formatted(file, wrong.getMessage()), wrong);
        }
    }

    private Module module(NirGraph graph, String prefix) {
        graph.check();
        String input = only(graph, "Input", prefix);
        String output = only(graph, "Output", prefix);
        Dimensions dimensions = Dimensions.of(graph, report);
        sayShapes(graph, dimensions);
        sayIgnored(graph, prefix);
        Map<String, String> names = names(graph, input, output, prefix);
        Map<String, Module> modules = new LinkedHashMap<>();
        names.forEach((name, ours) -> {
            if (!name.equals(input) && !name.equals(output)) {
                modules.put(ours, module(graph.nodes().get(name), name, dimensions));
            }
        });
        if (modules.isEmpty()) {
            throw new RiffleException("the graph%s has no nodes between its input and its output"
                    .formatted(prefix.isEmpty() ? "" : " '%s'".formatted(prefix)));
        }
        List<List<String>> edges = graph.edges().stream()
                .map(edge -> List.of(names.get(edge.from()), names.get(edge.to())))
                .toList();
        names.forEach((name, ours) -> {
            long into = graph.edges().stream()
                    .filter(edge -> edge.to().equals(name))
                    .count();
            if (into > 1) {
                report.say("node '%s' takes the sum of %d edges".formatted(prefixed(prefix, name), into));
            }
        });
        Optional<List<String>> chain = chain(modules.keySet(), edges);
        if (chain.isPresent()) {
            return new Sequential(Arguments.none()
                    .with("modules", chain.get().stream().map(modules::get).toList())
                    .with("names", chain.get()));
        }
        Graph made = new Graph(Arguments.shape(dimensions.sizeIn(input), dimensions.sizeIn(output))
                .with("modules", List.copyOf(modules.values()))
                .with("names", List.copyOf(modules.keySet()))
                .with("edges", edges));
        Map<String, String> inFile = new HashMap<>();
        names.forEach((name, ours) -> inFile.put(ours, prefixed(prefix, name)));
        made.lateEdges()
                .forEach(edge -> report.say("the edge from '%s' to '%s' of a cycle carries the value of the step before"
                        .formatted(inFile.get(edge.get(0)), inFile.get(edge.get(1)))));
        return made;
    }

    /** Signals are flat, so it is said what they are made of. */
    private void sayShapes(NirGraph graph, Dimensions dimensions) {
        graph.nodes().forEach((name, node) -> {
            int[] in = dimensions.in(name);
            int[] out = dimensions.out(name);
            if (in.length > 1 || out.length > 1) {
                String shapes =
                        Arrays.equals(in, out) ? NirNode.text(in) : NirNode.text(in) + " -> " + NirNode.text(out);
                report.say("node '%s' (%s): signals of shape %s, flat and row-major"
                        .formatted(node.path(), node.type(), shapes));
            }
        });
    }

    /** What a file may hold besides, and that it changes nothing. */
    private void sayIgnored(NirGraph graph, String prefix) {
        Map<String, Object> metadata = new LinkedHashMap<>(graph.metadata());
        metadata.keySet().removeAll(Set.of(SEMANTICS, DT));
        if (!metadata.isEmpty()) {
            report.say("the graph%s has metadata, which change nothing: %s"
                    .formatted(prefix.isEmpty() ? "" : " '%s'".formatted(prefix), NirNode.text(metadata)));
        }
        for (NirNode node : graph.nodes().values()) {
            Map<String, Object> beyond = new LinkedHashMap<>(node.values());
            beyond.keySet().retainAll(Members.beyond(node));
            if (!beyond.isEmpty()) {
                report.say("node '%s' (%s) has what no %s has, ignored: %s"
                        .formatted(node.path(), node.type(), node.type(), NirNode.text(beyond)));
            }
        }
    }

    private static String prefixed(String prefix, String name) {
        return prefix.isEmpty() ? name : prefix + "." + name;
    }

    private static String only(NirGraph graph, String type, String prefix) {
        List<String> found = graph.nodes().entrySet().stream()
                .filter(entry -> entry.getValue().is(type))
                .map(Map.Entry::getKey)
                .toList();
        if (found.size() != 1) {
            throw new RiffleException("the graph%s has %d nodes of type %s%s, expected one"
                    .formatted(
                            prefix.isEmpty() ? "" : " '%s'".formatted(prefix),
                            found.size(),
                            type,
                            found.isEmpty() ? "" : " " + found));
        }
        return found.get(0);
    }

    /** Names that paths can be made of: without dots, and none that the graph needs for itself. */
    private Map<String, String> names(NirGraph graph, String input, String output, String prefix) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(input, Graph.INPUT);
        names.put(output, Graph.OUTPUT);
        for (String name : graph.nodes().keySet()) {
            if (name.equals(input) || name.equals(output)) {
                continue;
            }
            String ours = name.isEmpty() ? "_" : name.replace('.', '_');
            while (names.containsValue(ours)) {
                ours += "_";
            }
            if (!ours.equals(name)) {
                report.say("node '%s' is called '%s' here".formatted(prefixed(prefix, name), ours));
            }
            names.put(name, ours);
        }
        return names;
    }

    /** The nodes one after the other, if each has one edge in and one out. */
    private static Optional<List<String>> chain(Set<String> nodes, List<List<String>> edges) {
        if (edges.size() != nodes.size() + 1) {
            return Optional.empty();
        }
        List<String> chain = new ArrayList<>();
        String at = Graph.INPUT;
        while (!at.equals(Graph.OUTPUT)) {
            String from = at;
            List<String> next = edges.stream()
                    .filter(edge -> edge.get(0).equals(from))
                    .map(edge -> edge.get(1))
                    .toList();
            if (next.size() != 1 || chain.contains(next.get(0))) {
                return Optional.empty();
            }
            at = next.get(0);
            chain.add(at);
        }
        chain.remove(Graph.OUTPUT);
        return chain.size() == nodes.size() ? Optional.of(chain) : Optional.empty();
    }

    private Module module(NirNode node, String name, Dimensions dimensions) {
        if (NOT_READ.getOrDefault(semantics, Set.of()).contains(node.type())) {
            throw node.wrong(semantics + " has no reading of it");
        }
        try {
            return semantics == Semantics.ROCKPOOL
                    ? RockpoolReading.module(node, dimensions.in(name), dt, report)
                    : primitive(node, dimensions.in(name));
        } catch (NodeException named) {
            throw named;
        } catch (RiffleException wrong) {
            throw node.wrong(wrong.getMessage());
        }
    }

    private Module primitive(NirNode node, int[] shape) {
        if (node.inner().isPresent()) {
            return module(node.inner().get(), node.path());
        } else if (node.is("Linear", "Affine")) {
            return Primitives.linear(node);
        } else if (Primitives.isSpace(node)) {
            return Primitives.space(node, shape);
        } else if (Primitives.isNeurons(node)) {
            return Primitives.neurons(node, shape, neededDt(node), semantics.toString(), report);
        }
        return Primitives.pointwise(node, shape, node.is("Delay") ? neededDt(node) : 0, report);
    }

    private double neededDt(NirNode node) {
        return dt.orElseThrow(() -> node.wrong("it needs the length of a step, which no NIR file says; expected --dt"));
    }

    /** A square matrix or any other, as Rockpool's modules take it. */
    static Tensor weights(NirNode node) {
        return Primitives.transposed(node.tensor("weight"));
    }
}
