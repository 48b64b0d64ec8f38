package io.riffle.operators;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * A network as a Flink graph:
 *
 * <pre>
 * bytes -&gt; decode -&gt; keyBy(stream) -&gt; sequence -&gt; module -&gt; module -&gt; .. -&gt; encode -&gt; bytes
 *             |                           |           |         |
 *             |                           |           +---------+-&gt; recorded state -&gt; encode -&gt; bytes
 *             +---------------------------+-&gt; rejected records -&gt; encode -&gt; bytes
 * </pre>
 *
 * <p>Everything from {@code sequence} on is one chain: no record is sent or copied between modules.
 *
 * @param output chunks of the network's output
 * @param recorded chunks of recorded state, if anything is to be recorded
 * @param rejected every record that was not accepted, with its reason
 */
public record StreamingNetwork(
        DataStream<OutboundRecord> output,
        Optional<DataStream<OutboundRecord>> recorded,
        DataStream<OutboundRecord> rejected) {

    static final OutputTag<Rejected> REJECTED = new OutputTag<>("rejected", TypeInformation.of(Rejected.class));
    static final OutputTag<RecordedChunk> RECORDED =
            new OutputTag<>("recorded", TypeInformation.of(RecordedChunk.class));

    /** Lays the graph behind a stream of records. */
    public static StreamingNetwork of(DataStream<RawRecord> records, NetworkPlan plan) {
        SingleOutputStreamOperator<Arrival> decoded = records.process(new DecodeChunks(plan.channels(), plan.dt()))
                .name("decode")
                .uid("decode");
        SingleOutputStreamOperator<Chunk> sequenced = decoded.keyBy(arrival -> arrival.chunk().stream(), Types.STRING)
                .process(new SequenceChunks(plan.dt()))
                .name("sequence")
                .uid("sequence");
        DataStream<Rejected> rejected = decoded.getSideOutput(REJECTED).union(sequenced.getSideOutput(REJECTED));

        SingleOutputStreamOperator<Chunk> evolved = sequenced;
        List<DataStream<RecordedChunk>> recorded = new ArrayList<>();
        for (ModuleStage stage : plan.stages()) {
            // The key stays the same, so the next module stands behind the last one without sending anything.
            evolved = DataStreamUtils.reinterpretAsKeyedStream(evolved, Chunk::stream, Types.STRING)
                    .process(new EvolveModule(stage, plan.seed()))
                    .name(stage.name())
                    .uid(ModuleStates.uid(stage.name()));
            if (stage.records()) {
                recorded.add(evolved.getSideOutput(RECORDED));
            }
        }
        return new StreamingNetwork(
                evolved.process(new EncodeChunks(plan.dt())).name("encode").uid("encode"),
                recorded.stream().reduce(DataStream::union).map(all -> all.process(new EncodeRecorded(plan.dt()))
                        .name("encode recorded")
                        .uid("encode recorded")),
                rejected.process(new EncodeRejected()).name("encode rejected").uid("encode rejected"));
    }
}
