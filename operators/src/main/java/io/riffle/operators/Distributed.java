package io.riffle.operators;

import io.riffle.operators.elements.ElementType;
import io.riffle.operators.elements.OutboundRecord;
import io.riffle.operators.elements.RawRecord;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Records at the workers of their streams. They travel as they came, as their bytes are needed behind it anyway, should
 * they be rejected; so they are decoded once. A single worker has all streams: nothing is sent.
 *
 * @param rejected those that cannot be sent, as they name no stream; none if nothing is sent
 */
record Distributed(DataStream<RawRecord> records, Optional<DataStream<OutboundRecord>> rejected) {
    static Distributed of(DataStream<RawRecord> records) {
        boolean single = records.getParallelism() == 1
                && records.getExecutionEnvironment().getParallelism() == 1;
        if (single) {
            return new Distributed(records, Optional.empty());
        }
        SingleOutputStreamOperator<RawRecord> named = records.process(new RejectUnnamed(), ElementType.RAW_RECORD)
                .name("key")
                .uid("key");
        // Of the key only the way to the worker is needed: what decodes keeps no state.
        DataStream<RawRecord> sent = new DataStream<>(
                records.getExecutionEnvironment(),
                named.keyBy(record -> StreamName.of(record.key()), Types.STRING).getTransformation());
        return new Distributed(sent, Optional.of(named.getSideOutput(StreamingNetwork.REJECTED)));
    }
}
