package io.riffle.sim.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffle.sim.Module;
import io.riffle.sim.Tensor;
import io.riffle.sim.Tree;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Compares the simulation parameters that the dynamics need. Riffle has no others: none that serve training or choose an
 * algorithm of the reference, and no matrix of zeros in the place of a recurrence that there is not.
 */
record SimulationParameters(CaseFile recorded, Module network, int unitsInTheLastPlace) {
    private static final Set<String> NOT_OURS =
            Set.of("learning_window", "spike_generation_fn", "max_window_length", "neuron_model", "num_workers");

    /** What Python calls functions that were not given a name. */
    private static final Set<String> NAMELESS_FUNCTIONS = Set.of("<lambda>", "PjitFunction");

    void compare(Comparison comparison) {
        Map<String, JsonNode> leaves = recorded.leaves("simulation_parameters");
        Tree ours = network.simulationParameters();
        leaves.forEach((path, leaf) -> {
            String name = path.substring(path.lastIndexOf('.') + 1);
            String prefix = path.substring(0, path.length() - name.length());
            boolean needed = !NOT_OURS.contains(name)
                    && !(name.equals("w_rec")
                            && !leaves.getOrDefault(prefix + "_has_rec", leaf).asBoolean())
                    && !(name.equals("leak_mode") && leaf.asText().equals("taus"))
                    && !NAMELESS_FUNCTIONS.contains(leaf.path("function").asText());
            if (!needed) {
                return;
            }
            String own = prefix + name.replaceFirst("^_", "");
            if (!ours.has(own)) {
                comparison.fail("there is no simulation parameter " + own);
                return;
            }
            Object computed = comparable(ours.get(own));
            if (value(leaf) instanceof Tensor tensor && computed instanceof Tensor other) {
                comparison.equal("simulation parameter " + own, tensor, other, unitsInTheLastPlace);
            } else {
                comparison.equal("simulation parameter " + own, value(leaf), computed);
            }
        });
    }

    private static Object value(JsonNode leaf) {
        if (leaf.has("function")) {
            return leaf.get("function").asText().replaceFirst("^H_", "").toLowerCase(Locale.ROOT);
        } else if (leaf.isBoolean()) {
            return leaf.booleanValue();
        } else if (leaf.isTextual()) {
            return leaf.asText();
        }
        return Values.of(leaf).toTensor();
    }

    private static Object comparable(Object value) {
        return value instanceof Number number ? Tensor.scalar(number.doubleValue()) : value;
    }
}
