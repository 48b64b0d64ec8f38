package io.riffle.jobs.state;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffle.sim.StateLayout;
import io.riffle.sim.network.StateFile;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** What is stored, for programs. */
final class StateJson {
    private final Savepoint savepoint;

    StateJson(Savepoint savepoint) {
        this.savepoint = savepoint;
    }

    /** The savepoint, its modules' states and the next step of each stream. */
    void list(Writer out, StoredStreams streams, long limit) {
        try (JsonGenerator json = new JsonMapper().createGenerator(notClosed(out))) {
            json.writeStartObject();
            json.writeStringField("savepoint", savepoint.path());
            json.writeStringField("input", savepoint.input().orElse(null));
            json.writeStringField("output", savepoint.output().orElse(null));
            json.writeArrayFieldStart("states");
            for (StoredModule module : savepoint.modules()) {
                for (StateLayout.Entry entry : module.layout().entries()) {
                    json.writeStartObject();
                    json.writeStringField("path", entry.path());
                    json.writeFieldName("shape");
                    json.writeArray(entry.shape().toArray(), 0, entry.shape().rank());
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
            json.writeObjectFieldStart("streams");
            List<String> names = streams.names();
            for (String name : names.subList(0, (int) Math.min(limit, names.size()))) {
                json.writeObjectFieldStart(name);
                StoredStream stream = streams.find(name).orElseThrow();
                json.writeNumberField("next_step", stream.nextStep());
                if (stream.quarantine().isPresent()) {
                    json.writeStringField("quarantined_in", stream.quarantine().get());
                }
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeNumberField("count", names.size());
            json.writeEndObject();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A state file as text. */
    static StateFile.Output stateFile(Writer out) {
        return new StateFile.Output(notClosed(out));
    }

    /** One stream into a state file. A module that has not seen the stream yet is left out. */
    void values(StateFile.Output output, StoredStream stream) {
        List<StateLayout.Entry> entries = new ArrayList<>();
        List<float[]> parts = new ArrayList<>();
        for (int i = 0; i < savepoint.modules().size(); i++) {
            if (stream.values().get(i) != null) {
                entries.addAll(savepoint.modules().get(i).layout().entries());
                parts.add(stream.values().get(i));
            }
        }
        float[] values = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, values, at, part.length);
            at += part.length;
        }
        output.write(stream.name(), new StateLayout(entries), new StateFile.StreamState(stream.nextStep(), values));
    }

    /** The terminal stays open. */
    private static Writer notClosed(Writer out) {
        return new FilterWriter(out) {
            @Override
            public void close() throws IOException {
                out.write(System.lineSeparator());
                out.flush();
            }
        };
    }
}
