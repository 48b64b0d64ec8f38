package io.riffle.operators;

import io.riffle.operators.elements.Admitted;
import io.riffle.operators.elements.RecordedChunk;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.Rejected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** What came out of a module's operator, by stream and in order. */
final class ByStream {
    private record Output(Chunk chunk, long timestamp, Admitted.Kind kind, boolean fresh, long offset) {}

    final Map<String, List<Object>> outputs = new HashMap<>();
    final Map<String, List<Object>> recorded = new HashMap<>();
    final Map<String, List<Object>> rejected = new HashMap<>();
    int streams;

    void take(KeyedOneInputStreamOperatorTestHarness<String, Admitted, Admitted> harness) {
        for (Admitted output : harness.extractOutputValues()) {
            outputs.computeIfAbsent(output.stream(), any -> new ArrayList<>())
                    .add(new Output(
                            output.chunk(),
                            output.timestamp(),
                            output.kind(),
                            output.fresh(),
                            output.record().offset()));
        }
        var side = harness.getSideOutput(StreamingNetwork.RECORDED);
        if (side != null) {
            for (StreamRecord<RecordedChunk> one : side) {
                recorded.computeIfAbsent(one.getValue().chunk().stream(), any -> new ArrayList<>())
                        .add(one.getValue());
            }
        }
        for (Rejected one : TestingNetworks.rejected(harness)) {
            rejected.computeIfAbsent(one.stream(), any -> new ArrayList<>())
                    .add(one.reason() + " " + one.message() + " " + one.offset());
        }
        streams = harness.numKeyedStateEntries();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByStream that
                && outputs.equals(that.outputs)
                && recorded.equals(that.recorded)
                && rejected.equals(that.rejected);
    }

    @Override
    public int hashCode() {
        return outputs.hashCode();
    }

    @Override
    public String toString() {
        return "outputs %s, recorded %s, rejected %s"
                .formatted(new TreeMap<>(outputs), new TreeMap<>(recorded), rejected);
    }
}
