package io.riffle.sim.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.sim.examples.FfwdNet;

/**
 * From the names in a recording to ours. The reference has a class for each back end and names modules after it:
 * {@code TorchSequential}, {@code 1_LIFJax}, {@code 1_LIFJax_output}.
 */
final class ReferenceNames {
    private ReferenceNames() {}

    /** A name, a path or a printed form without the prefixes and suffixes of back ends. */
    static String ours(String text) {
        return text.replaceAll("(Torch|Jax|Mod)(Sequential|Residual|FFwdStack)", "$2")
                .replaceAll("(Torch|Jax)(?=\\b|_output\\b)", "")
                .replaceAll("^ffwd_net(_numpy)? ", FfwdNet.class.getSimpleName() + " ");
    }

    /** The description of a network, in which the notebook's example is our class of that name. */
    static JsonNode ours(JsonNode network) {
        JsonNode copy = network.deepCopy();
        if (copy instanceof ObjectNode object && copy.path("module").asText().equals("ffwd_net")) {
            object.put("module", FfwdNet.class.getName());
        }
        return copy;
    }
}
