package io.riffle.operators;

import io.riffle.schemas.BadChunkException;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Rejected;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Bytes to chunks; what is none, or none that the network takes, is rejected. */
final class DecodeChunks extends ProcessFunction<RawRecord, Arrival> {
    private static final long serialVersionUID = 1L;

    private final int channels;
    private final double dt;
    private transient ChunkDecoder decoder;

    DecodeChunks(int channels, double dt) {
        this.channels = channels;
        this.dt = dt;
    }

    @Override
    public void open(OpenContext openContext) {
        decoder = new ChunkDecoder(channels, dt);
    }

    @Override
    public void processElement(RawRecord record, Context context, Collector<Arrival> out) {
        byte[] key = record.key();
        if (key == null || key.length == 0) {
            reject(record, null, RejectReason.NO_STREAM, "the record has no key, expected the stream's name", context);
            return;
        }
        String stream = new String(key, StandardCharsets.UTF_8);
        if (record.value() == null) {
            reject(
                    record,
                    stream,
                    RejectReason.MALFORMED,
                    "the record has no value, expected an Arrow stream",
                    context);
            return;
        }
        try {
            Chunk chunk = decoder.decode(stream, record.value());
            out.collect(new Arrival(chunk, record.topic(), record.partition(), record.offset()));
        } catch (BadChunkException bad) {
            reject(record, stream, bad.reason(), bad.getMessage(), context);
        }
    }

    private static void reject(RawRecord record, String stream, RejectReason reason, String message, Context context) {
        context.output(
                StreamingNetwork.REJECTED,
                new Rejected(
                        record.topic(), record.partition(), record.offset(), stream, reason, message, record.value()));
    }
}
