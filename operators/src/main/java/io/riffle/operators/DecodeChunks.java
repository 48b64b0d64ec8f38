package io.riffle.operators;

import io.riffle.operators.elements.Arrival;
import io.riffle.operators.elements.RawRecord;
import io.riffle.schemas.BadChunkException;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.schemas.RejectReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
    private transient Metrics metrics;

    DecodeChunks(int channels, double dt) {
        this.channels = channels;
        this.dt = dt;
    }

    @Override
    public void open(OpenContext openContext) {
        decoder = new ChunkDecoder(channels, dt);
        metrics = new Metrics(getRuntimeContext());
    }

    @Override
    public void processElement(RawRecord record, Context context, Collector<Arrival> out) {
        byte[] key = record.key();
        if (key == null || key.length == 0) {
            reject(record, null, RejectReason.NO_STREAM, "the record has no key, expected the stream's name", context);
            return;
        }
        String stream = text(key);
        if (stream == null) {
            String message = "the record's key is not UTF-8, expected the stream's name";
            reject(record, null, RejectReason.NO_STREAM, message, context);
            return;
        }
        try {
            out.collect(new Arrival(decoder.decode(stream, record.value()), record));
        } catch (BadChunkException bad) {
            reject(record, stream, bad.reason(), bad.getMessage(), context);
        }
    }

    /** Null if it is not UTF-8; replaced characters would give different keys the same stream. */
    private static String text(byte[] key) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
        } catch (CharacterCodingException notText) {
            return null;
        }
    }

    private void reject(RawRecord record, String stream, RejectReason reason, String message, Context context) {
        metrics.rejected(reason);
        context.output(StreamingNetwork.REJECTED, Outbound.rejected(record, stream, reason, message));
    }
}
