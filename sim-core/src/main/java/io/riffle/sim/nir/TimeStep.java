package io.riffle.sim.nir;

import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import io.riffle.sim.nir.nodes.Semantics;
import java.util.Optional;

/** The length of a step: given, or said by the file's metadata, or what a library makes of the file. */
final class TimeStep {
    private static final double SNNTORCH = 1e-4;
    private static final double SAME = 1e-6;

    private TimeStep() {}

    static Optional<Double> of(NirGraph graph, Semantics semantics, Optional<Double> given) {
        Optional<Double> said = said(graph);
        if (said.isEmpty() && semantics == Semantics.SNNTORCH) {
            said = Optional.of(SNNTORCH);
        } else if (said.isEmpty() && semantics == Semantics.ROCKPOOL) {
            said = rockpools(graph);
        }
        if (said.isPresent() && given.isPresent() && Math.abs(said.get() / given.get() - 1) > SAME) {
            throw new RiffleException("dt is given as %s s, but %s s is what %s"
                    .formatted(
                            given.get(),
                            said.get(),
                            said(graph).isPresent() ? "the file says" : semantics + " makes of the file"));
        }
        return said.or(() -> given);
    }

    private static Optional<Double> said(NirGraph graph) {
        Object value = graph.metadata().get(NirImport.DT);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    value instanceof Tensor tensor
                            ? Double.parseDouble(Float.toString(tensor.get()))
                            : Double.parseDouble(value.toString()));
        } catch (NumberFormatException wrong) {
            throw new RiffleException("the metadata '%s' is '%s', expected seconds".formatted(NirImport.DT, value));
        }
    }

    /** The shortest tau_mem / (1 + r) of all neurons. */
    private static Optional<Double> rockpools(NirGraph graph) {
        double shortest = Double.POSITIVE_INFINITY;
        for (NirNode node : graph.nodes().values()) {
            if (node.inner().isPresent()) {
                shortest = Math.min(shortest, rockpools(node.inner().get()).orElse(Double.POSITIVE_INFINITY));
            } else if (node.is("LIF", "CubaLIF")) {
                shortest = Math.min(shortest, rockpools(node));
            }
        }
        return shortest > 0 && shortest < Double.POSITIVE_INFINITY ? Optional.of(shortest) : Optional.empty();
    }

    private static double rockpools(NirNode neurons) {
        double shortest = Double.POSITIVE_INFINITY;
        float[] taus = neurons.tensor(neurons.is("LIF") ? "tau" : "tau_mem").arrayWithoutCopy();
        float[] rs = neurons.tensor("r").arrayWithoutCopy();
        for (int n = 0; n < Math.max(taus.length, rs.length); n++) {
            shortest = Math.min(shortest, taus[n % taus.length] / (1.0 + rs[n % rs.length]));
        }
        return shortest;
    }

    /**
     * Rockpool gives every node a step of its own, the shortest of its neurons, but a network has one.
     *
     * @param dt of the network
     * @return how many times as long the time constants of a node are to be, so that it decays in the network's step as it
     *     does in its own
     */
    static double stretch(NirNode neurons, double dt) {
        double own = rockpools(neurons);
        return Math.abs(own / dt - 1) > SAME ? dt / own : 1;
    }
}
