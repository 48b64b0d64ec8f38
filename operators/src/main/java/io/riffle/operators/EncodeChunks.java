package io.riffle.operators;

import io.riffle.operators.elements.Admitted;
import io.riffle.operators.elements.OutboundRecord;
import io.riffle.schemas.ChunkEncoder;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Chunks of the output to bytes. */
final class EncodeChunks extends ProcessFunction<Admitted, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    private final double dt;
    private transient ChunkEncoder encoder;
    private transient Counter chunks;
    private transient Counter steps;
    private transient Histogram latency;

    EncodeChunks(double dt) {
        this.dt = dt;
    }

    @Override
    public void open(OpenContext openContext) {
        encoder = new ChunkEncoder(dt);
        Metrics metrics = new Metrics(getRuntimeContext());
        chunks = metrics.counter("chunks");
        steps = metrics.counter("steps");
        latency = metrics.histogram("latency_milliseconds");
    }

    @Override
    public void processElement(Admitted admitted, Context context, Collector<OutboundRecord> out) {
        if (admitted.kind() == Admitted.Kind.FORGET) {
            return;
        }
        byte[] key = admitted.record().key(); // of the same stream
        out.collect(new OutboundRecord(key, encoder.encode(admitted.chunk()), admitted.timestamp()));
        chunks.inc();
        steps.inc(admitted.chunk().steps());
        if (admitted.kind() == Admitted.Kind.SENT) {
            latency.update(System.currentTimeMillis() - admitted.timestamp());
        }
    }
}
