package io.riffle.operators;

import io.riffle.operators.elements.OutboundRecord;
import io.riffle.operators.elements.RecordedChunk;
import io.riffle.schemas.ChunkEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Recorded state to bytes that name what was recorded. */
final class EncodeRecorded extends ProcessFunction<RecordedChunk, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    private final double dt;
    private transient Map<String, ChunkEncoder> encoders;

    EncodeRecorded(double dt) {
        this.dt = dt;
    }

    @Override
    public void open(OpenContext openContext) {
        encoders = new HashMap<>();
    }

    @Override
    public void processElement(RecordedChunk recorded, Context context, Collector<OutboundRecord> out) {
        ChunkEncoder encoder = encoders.computeIfAbsent(recorded.path(), path -> ChunkEncoder.forRecord(dt, path));
        byte[] key = recorded.chunk().stream().getBytes(StandardCharsets.UTF_8);
        out.collect(new OutboundRecord(key, encoder.encode(recorded.chunk()), recorded.timestamp()));
    }
}
