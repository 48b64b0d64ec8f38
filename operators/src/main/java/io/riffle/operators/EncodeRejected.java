package io.riffle.operators;

import io.riffle.schemas.Rejected;
import io.riffle.schemas.RejectedFormat;
import java.nio.charset.StandardCharsets;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Rejected records to bytes. */
final class EncodeRejected extends ProcessFunction<Rejected, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Rejected rejected, Context context, Collector<OutboundRecord> out) {
        String stream = rejected.stream();
        byte[] key = stream == null ? null : stream.getBytes(StandardCharsets.UTF_8);
        out.collect(new OutboundRecord(key, RejectedFormat.encode(rejected), context.timestamp()));
    }
}
