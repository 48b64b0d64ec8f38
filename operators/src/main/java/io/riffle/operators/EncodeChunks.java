package io.riffle.operators;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Chunks of the output to bytes. */
final class EncodeChunks extends ProcessFunction<Chunk, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    private final double dt;
    private transient ChunkEncoder encoder;

    EncodeChunks(double dt) {
        this.dt = dt;
    }

    @Override
    public void open(OpenContext openContext) {
        encoder = new ChunkEncoder(dt);
    }

    @Override
    public void processElement(Chunk chunk, Context context, Collector<OutboundRecord> out) {
        byte[] key = chunk.stream().getBytes(StandardCharsets.UTF_8);
        out.collect(new OutboundRecord(key, encoder.encode(chunk), context.timestamp()));
    }
}
