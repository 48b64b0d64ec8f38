package io.riffle.sim.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.StateLayout;
import io.riffle.sim.json.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a network remembers of each stream, as JSON:
 *
 * <pre>
 * {"format": "riffle.state/1", "streams": {
 *     "host-1": {"next_step": 120, "state": {
 *         "1_LIF.vmem": {"shape": [3], "data": [0.25, -1.5, 0.0]}, ..}}, ..}}
 * </pre>
 *
 * <p>Numbers are decimals that read back to the same bits; what is not finite is {@code "NaN"} or {@code "Infinity"}.
 */
public final class StateFile {
    private static final String FORMAT = "riffle.state/1";
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private StateFile() {}

    /**
     * One stream's state.
     *
     * @param nextStep the step that comes next
     * @param values in the order of the network's {@link StateLayout}
     */
    public record StreamState(long nextStep, float[] values) {}

    /** Writes the states by the names of their streams; a file of that name is replaced when all is written. */
    public static void write(Path file, StateLayout layout, Map<String, StreamState> streams) {
        write(file, output -> streams.forEach((name, state) -> output.write(name, layout, state)));
    }

    /** Writes streams as they come; a file of that name is replaced when all is written. */
    public static void write(Path file, Consumer<Output> streams) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (Output output = new Output(Files.newBufferedWriter(unfinished))) {
                streams.accept(output);
            } catch (RuntimeException failed) {
                Files.deleteIfExists(unfinished);
                throw failed;
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | UncheckedIOException failed) {
            throw new RiffleException("state file %s cannot be written: %s".formatted(file, failed), failed);
        }
    }

    /** Writes one stream after the other. */
    public static final class Output implements AutoCloseable {
        private final JsonGenerator json;

        /** @param out closed at the end */
        public Output(Writer out) {
            try {
                json = JSON.createGenerator(out);
                json.writeStartObject();
                json.writeStringField("format", FORMAT);
                json.writeObjectFieldStart("streams");
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        /** @param layout of the values */
        public void write(String stream, StateLayout layout, StreamState state) {
            try {
                json.writeObjectFieldStart(stream);
                StateFile.write(json, layout, state);
                json.writeEndObject();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public void close() {
            try {
                json.writeEndObject();
                json.writeEndObject();
                json.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private static void write(JsonGenerator json, StateLayout layout, StreamState stream) throws IOException {
        json.writeNumberField("next_step", stream.nextStep);
        json.writeObjectFieldStart("state");
        int at = 0;
        for (StateLayout.Entry entry : layout.entries()) {
            json.writeObjectFieldStart(entry.path());
            json.writeFieldName("shape");
            json.writeArray(entry.shape().toArray(), 0, entry.shape().rank());
            json.writeArrayFieldStart("data");
            for (int end = at + entry.shape().count(); at < end; at++) {
                json.writeNumber(stream.values[at]);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** Reads the states of a network of this layout; one of another network is an error that names what differs. */
    public static Map<String, StreamState> read(Path file, StateLayout layout) {
        Content content = content(file);
        if (content == null || content.format == null || content.streams == null) {
            throw new RiffleException("%s is no state file: it has no \"format\" or no \"streams\"".formatted(file));
        }
        if (!content.format.equals(FORMAT)) {
            throw new RiffleException(
                    "state file %s has the format '%s', expected '%s'".formatted(file, content.format, FORMAT));
        }
        Map<String, StreamState> streams = new LinkedHashMap<>();
        content.streams.forEach((name, stream) -> {
            String where = "state file %s, stream '%s'".formatted(file, name);
            streams.put(name, stream(stream, layout, where));
        });
        return streams;
    }

    private record Content(String format, Map<String, Stream> streams) {}

    private record Stream(@JsonProperty("next_step") Long nextStep, Map<String, Leaf> state) {}

    private record Leaf(int[] shape, float[] data) {}

    private static Content content(Path file) {
        try {
            return JSON.readValue(JsonFile.text(file, "state file"), Content.class);
        } catch (JsonProcessingException broken) {
            throw JsonFile.broken(file.toString(), broken);
        }
    }

    private static StreamState stream(Stream stream, StateLayout layout, String where) {
        if (stream == null || stream.state == null || stream.nextStep == null) {
            throw new RiffleException("%s: it has no \"next_step\" or no \"state\"".formatted(where));
        }
        if (stream.nextStep < 0) {
            throw new RiffleException("%s: next_step is %d, expected 0 or more".formatted(where, stream.nextStep));
        }
        List<String> known =
                layout.entries().stream().map(StateLayout.Entry::path).toList();
        for (String path : stream.state.keySet()) {
            if (!known.contains(path)) {
                throw new RiffleException(
                        "%s: the network has no state '%s'%s".formatted(where, path, Names.hint(path, known)));
            }
        }
        float[] values = new float[layout.count()];
        int at = 0;
        for (StateLayout.Entry entry : layout.entries()) {
            float[] data = data(stream.state.get(entry.path()), entry, where);
            System.arraycopy(data, 0, values, at, data.length);
            at += data.length;
        }
        return new StreamState(stream.nextStep, values);
    }

    private static float[] data(Leaf leaf, StateLayout.Entry entry, String where) {
        if (leaf == null || leaf.shape == null || leaf.data == null) {
            throw new RiffleException("%s: the state '%s' of shape %s, which the network has, is missing"
                    .formatted(where, entry.path(), entry.shape()));
        }
        Shape shape = Shape.of(leaf.shape);
        if (!shape.equals(entry.shape()) || leaf.data.length != shape.count()) {
            throw new RiffleException("%s: the state '%s' has the shape %s and %s, expected %s and %d"
                    .formatted(
                            where,
                            entry.path(),
                            shape,
                            Names.count(leaf.data.length, "value"),
                            entry.shape(),
                            entry.shape().count()));
        }
        return leaf.data;
    }
}
