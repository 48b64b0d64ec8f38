package io.riffle.jobs.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.jobs.files.SampleTime;
import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a message holds: values, and perhaps when they were measured.
 *
 * @param kind of payload
 * @param fields of a JSON object that are the channels; of none, all its numbers in their order
 * @param time the field of a JSON object that says when it was measured; absent: when it arrives
 */
public record MqttPayload(Kind kind, List<String> fields, Optional<String> time) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How values are written. */
    public enum Kind {
        /** A number, an array of numbers, or an object with numbers. */
        JSON,
        /** Numbers with commas. */
        CSV,
        /** Little-endian floats of 4 bytes. */
        FLOAT32
    }

    public MqttPayload {
        fields = List.copyOf(fields);
        if (kind != Kind.JSON && (!fields.isEmpty() || time.isPresent())) {
            throw new RiffleException("a payload of the kind %s has no fields, expected json to name some"
                    .formatted(kind.name().toLowerCase(Locale.ROOT)));
        }
    }

    /**
     * One message.
     *
     * @param nanos since 1970, if the message says it
     */
    record Content(float[] values, OptionalLong nanos) {}

    /** @throws RiffleException if it is something else */
    Content read(byte[] payload) {
        Content content =
                switch (kind) {
                    case JSON -> json(payload);
                    case CSV -> new Content(csv(new String(payload, StandardCharsets.UTF_8)), OptionalLong.empty());
                    case FLOAT32 -> new Content(floats(payload), OptionalLong.empty());
                };
        if (content.values().length == 0) {
            throw new RiffleException("it holds no numbers, expected at least one");
        }
        for (float value : content.values()) {
            if (!Float.isFinite(value)) {
                throw new RiffleException("it holds %s, expected finite numbers".formatted(value));
            }
        }
        return content;
    }

    private Content json(byte[] payload) {
        JsonNode node = parse(payload);
        if (node.isObject()) {
            return object(node);
        }
        if (!fields.isEmpty() || time.isPresent()) {
            throw new RiffleException("it is no JSON object, expected one with the fields that were named");
        }
        float[] values = new float[node.isArray() ? node.size() : 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(node.isArray() ? node.get(i) : node, "it");
        }
        return new Content(values, OptionalLong.empty());
    }

    private static JsonNode parse(byte[] payload) {
        try {
            return Optional.ofNullable(JSON.readTree(payload))
                    .filter(node -> !node.isMissingNode())
                    .orElseThrow(() -> new RiffleException("it is empty, expected JSON"));
        } catch (JsonProcessingException wrong) {
            throw new RiffleException("it is no JSON: " + wrong.getOriginalMessage());
        } catch (IOException impossible) {
            throw new RiffleException("it cannot be read: " + impossible.getMessage(), impossible);
        }
    }

    private Content object(JsonNode node) {
        List<String> named = fields;
        if (named.isEmpty()) {
            named = node.properties().stream()
                    .filter(field -> field.getValue().isNumber() && !time.equals(Optional.of(field.getKey())))
                    .map(Map.Entry::getKey)
                    .toList();
        }
        float[] values = new float[named.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(field(node, named.get(i)), named.get(i));
        }
        OptionalLong nanos = time.map(name ->
                        OptionalLong.of(SampleTime.parse(field(node, name).asText())))
                .orElseGet(OptionalLong::empty);
        return new Content(values, nanos);
    }

    private static JsonNode field(JsonNode node, String name) {
        JsonNode field = node.get(name);
        if (field == null) {
            throw new RiffleException("it has no field %s".formatted(name));
        }
        return field;
    }

    private static float number(JsonNode node, String where) {
        if (!node.isNumber()) {
            throw new RiffleException("%s is %s, expected a number".formatted(where, shortened(node.toString())));
        }
        return node.floatValue();
    }

    private static float[] csv(String line) {
        String[] cells = line.strip().split(",", -1);
        float[] values = new float[cells.length];
        for (int i = 0; i < cells.length; i++) {
            try {
                values[i] = Float.parseFloat(cells[i]);
            } catch (NumberFormatException wrong) {
                throw new RiffleException("it holds '%s', expected numbers with commas".formatted(shortened(cells[i])));
            }
        }
        return values;
    }

    private static float[] floats(byte[] payload) {
        if (payload.length % Float.BYTES != 0) {
            throw new RiffleException("it has %d bytes, expected 4 for each float".formatted(payload.length));
        }
        float[] values = new float[payload.length / Float.BYTES];
        ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }
}
