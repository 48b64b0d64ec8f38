package io.riffle.operators;

import io.riffle.operators.elements.Arrival;
import io.riffle.operators.elements.RawRecord;
import io.riffle.schemas.BadChunkException;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.schemas.Formats;
import io.riffle.schemas.Payload;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Samples;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Bytes to chunks, and samples where they are taken; what is none, or none that the network takes, is rejected. */
final class DecodeChunks extends ProcessFunction<RawRecord, Arrival> {
    private static final long serialVersionUID = 1L;

    private final int channels;
    private final double dt;
    private final boolean samples;
    private transient ChunkDecoder decoder;
    private transient Metrics metrics;

    /** @param samples whether samples are taken, and not steps only */
    DecodeChunks(int channels, double dt, boolean samples) {
        this.channels = channels;
        this.dt = dt;
        this.samples = samples;
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
            Payload payload = decoder.decodePayload(stream, record.value());
            if (payload instanceof Samples && !samples) {
                String message = "stream '%s' sent %s, but this job takes steps only; expected %s or %s, or a job that"
                        + " makes steps of samples (riffle run --raster RULE)";
                reject(
                        record,
                        stream,
                        RejectReason.WRONG_SCHEMA,
                        message.formatted(stream, Formats.SAMPLES, Formats.RASTER, Formats.EVENTS),
                        context);
                return;
            }
            out.collect(new Arrival(payload, record));
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
