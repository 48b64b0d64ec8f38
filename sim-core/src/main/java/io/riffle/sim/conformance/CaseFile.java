package io.riffle.sim.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffle.sim.Module;
import io.riffle.sim.RiffleException;
import io.riffle.sim.json.JsonFile;
import io.riffle.sim.network.NetworkFile;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** One recorded case: a network, what it was given, and what it then was, gave and remembered. */
record CaseFile(JsonNode json) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static CaseFile read(Path file) {
        try {
            CaseFile read = new CaseFile(JSON.readTree(JsonFile.text(file, "case file")));
            for (String key : new String[] {"case", "backend", "network", "input", "output"}) {
                read.at(key);
            }
            return read;
        } catch (JsonProcessingException broken) {
            throw JsonFile.broken(file.toString(), broken);
        }
    }

    JsonNode at(String key) {
        JsonNode found = json.get(key);
        if (found == null) {
            throw new RiffleException("it has no \"%s\", so it is no recorded case".formatted(key));
        }
        return found;
    }

    String name() {
        return at("case").asText();
    }

    String backend() {
        return at("backend").asText();
    }

    /** In what Riffle differs from it on purpose: what the file names in {@code deviations}, else as its name tells. */
    Set<Deviation> deviations() {
        if (!json.has("deviations")) {
            return Deviation.of(name(), backend());
        }
        Set<Deviation> named = EnumSet.noneOf(Deviation.class);
        json.get("deviations").forEach(name -> named.add(Deviation.named(name.asText())));
        return named;
    }

    Module network() {
        return NetworkFile.parse(ReferenceNames.ours(at("network")).toString(), "its network");
    }

    /** The leaves of a nested object, by path with our names. */
    Map<String, JsonNode> leaves(String key) {
        Map<String, JsonNode> leaves = new LinkedHashMap<>();
        collect(json.path(key), "", leaves);
        return leaves;
    }

    private static void collect(JsonNode node, String prefix, Map<String, JsonNode> leaves) {
        node.properties().forEach(field -> {
            String path = prefix + ReferenceNames.ours(field.getKey());
            JsonNode value = field.getValue();
            if (value.isObject()
                    && !Values.areIn(value)
                    && !value.path("function").isTextual()) {
                collect(value, path + ".", leaves);
            } else {
                leaves.put(path, value);
            }
        });
    }
}
