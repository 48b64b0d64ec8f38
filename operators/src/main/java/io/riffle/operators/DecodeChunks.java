package io.riffle.operators;

import io.riffle.operators.elements.Arrival;
import io.riffle.operators.elements.RawRecord;
import io.riffle.schemas.BadChunkException;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.schemas.Formats;
import io.riffle.schemas.Payload;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Samples;
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
        String stream = StreamName.of(record.key());
        if (stream == null) {
            reject(record, null, RejectReason.NO_STREAM, StreamName.whyNone(record.key()), context);
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

    private void reject(RawRecord record, String stream, RejectReason reason, String message, Context context) {
        metrics.rejected(reason);
        context.output(StreamingNetwork.REJECTED, Outbound.rejected(record, stream, reason, message));
    }
}
