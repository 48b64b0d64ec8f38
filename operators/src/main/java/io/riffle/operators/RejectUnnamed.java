package io.riffle.operators;

import io.riffle.operators.elements.RawRecord;
import io.riffle.schemas.RejectReason;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Lets through what can be sent to the worker of its stream: a record that names one. */
final class RejectUnnamed extends ProcessFunction<RawRecord, RawRecord> {
    private static final long serialVersionUID = 1L;

    private transient Metrics metrics;

    @Override
    public void open(OpenContext openContext) {
        metrics = new Metrics(getRuntimeContext());
    }

    @Override
    public void processElement(RawRecord record, Context context, Collector<RawRecord> out) {
        if (StreamName.of(record.key()) != null) {
            out.collect(record);
            return;
        }
        metrics.rejected(RejectReason.NO_STREAM);
        context.output(
                StreamingNetwork.REJECTED,
                Outbound.rejected(record, null, RejectReason.NO_STREAM, StreamName.whyNone(record.key())));
    }
}
