package io.riffle.sim.combinators;

import io.riffle.sim.RiffleException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * In which order the nodes of a graph are evaluated in a step. A node comes when all before it have been. Where only cycles
 * are left, the first node whose missing inputs all come from nodes with a state, on a common cycle with it, takes these
 * one step late.
 */
final class EvaluationOrder {
    private final Map<String, List<String>> sources;
    private final Map<String, Set<String>> reach = new HashMap<>();
    private final Predicate<String> stateful;
    private final List<List<String>> parts = new ArrayList<>();
    private final Set<List<String>> late = new LinkedHashSet<>();

    /**
     * @param sources of each node, in the order of the nodes; those that are no node are there from the beginning
     * @param stateful whether a node has a state
     */
    EvaluationOrder(Map<String, List<String>> sources, Predicate<String> stateful) {
        this.sources = new LinkedHashMap<>(sources);
        this.stateful = stateful;
        sources.keySet().forEach(node -> reach.put(node, reachedFrom(node)));
        Set<String> done = new LinkedHashSet<>();
        while (done.size() < sources.size()) {
            List<String> part = nextPart(done);
            parts.add(part);
            done.addAll(part);
        }
    }

    /** Nodes in their order; those on common cycles together, all others alone. */
    List<List<String>> parts() {
        return parts;
    }

    /** The edges that are one step late. */
    List<List<String>> late() {
        return List.copyOf(late);
    }

    boolean isLate(String from, String to) {
        return late.contains(List.of(from, to));
    }

    /** Whether a part is on a cycle, so that it has to be evaluated step by step. */
    boolean isCycle(List<String> part) {
        return part.size() > 1 || onCommonCycle(part.get(0), part.get(0));
    }

    private Set<String> reachedFrom(String start) {
        Set<String> reached = new LinkedHashSet<>();
        List<String> open = new ArrayList<>(List.of(start));
        while (!open.isEmpty()) {
            String from = open.remove(open.size() - 1);
            sources.forEach((node, its) -> {
                if (its.contains(from) && reached.add(node)) {
                    open.add(node);
                }
            });
        }
        return reached;
    }

    private boolean onCommonCycle(String one, String other) {
        return reach.get(one).contains(other) && reach.get(other).contains(one);
    }

    /** The first node, or the first nodes on a common cycle, all of whose inputs from elsewhere are there. */
    private List<String> nextPart(Set<String> done) {
        for (String node : sources.keySet()) {
            if (done.contains(node)) {
                continue;
            }
            List<String> part = sources.keySet().stream()
                    .filter(other -> other.equals(node) || onCommonCycle(node, other))
                    .toList();
            boolean ready = part.stream()
                    .flatMap(member -> sources.get(member).stream())
                    .allMatch(source -> !sources.containsKey(source) || done.contains(source) || part.contains(source));
            if (ready) {
                return ordered(part);
            }
        }
        throw new IllegalStateException("parts without a cycle among them always have a first one");
    }

    private List<String> ordered(List<String> part) {
        List<String> order = new ArrayList<>();
        while (order.size() < part.size()) {
            order.add(next(part, order));
        }
        return order;
    }

    private String next(List<String> part, List<String> order) {
        List<String> left = part.stream().filter(node -> !order.contains(node)).toList();
        for (String node : left) {
            if (missing(node, part, order).isEmpty()) {
                return node;
            }
        }
        for (String node : left) {
            List<String> missing = missing(node, part, order);
            if (missing.stream().allMatch(stateful)) {
                missing.forEach(from -> late.add(List.of(from, node)));
                return node;
            }
        }
        throw new RiffleException(
                "the nodes %s are a cycle in which no node with a state stands before another, so that no step could begin"
                        .formatted(left));
    }

    private List<String> missing(String node, List<String> part, List<String> order) {
        return sources.get(node).stream()
                .filter(source -> part.contains(source) && !order.contains(source))
                .distinct()
                .toList();
    }
}
