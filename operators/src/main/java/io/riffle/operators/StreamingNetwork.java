package io.riffle.operators;

import io.riffle.operators.elements.Admitted;
import io.riffle.operators.elements.Arrival;
import io.riffle.operators.elements.ElementType;
import io.riffle.operators.elements.OutboundRecord;
import io.riffle.operators.elements.RawRecord;
import io.riffle.operators.elements.RecordedChunk;
import io.riffle.operators.raster.RasterSettings;
import io.riffle.operators.sequence.SequenceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * A network as a Flink graph:
 *
 * <pre>
 * bytes -&gt; keyBy(stream) -&gt; decode -&gt; sequence -&gt; module -&gt; module -&gt; .. -&gt; encode -&gt; bytes
 *    |                         |          |   |       | |       | |
 *    |                         |          |   |       | +-------|-+-&gt; recorded state -&gt; encode -&gt; bytes
 *    +-------------------------+----------+---|-------+---------+---&gt; rejected records
 *                                             +---------------------&gt; notices
 * </pre>
 *
 * <p>Where samples are taken, {@code rasterise} stands before {@code sequence}, and rejects records as well.
 *
 * <p>Everything from decode on is one chain: no record is sent or copied between modules. With a single worker the source
 * belongs to it as well.
 *
 * @param output chunks of the network's output
 * @param recorded chunks of recorded state, if anything is to be recorded
 * @param rejected every record that was not accepted, with its reason
 * @param notices what was decided about a stream, such as that a gap was filled
 */
public record StreamingNetwork(
        DataStream<OutboundRecord> output,
        Optional<DataStream<OutboundRecord>> recorded,
        DataStream<OutboundRecord> rejected,
        DataStream<OutboundRecord> notices) {

    /** The uid of the operator that makes steps of samples. */
    public static final String RASTERISE_UID = "rasterise";

    static final OutputTag<OutboundRecord> REJECTED =
            new OutputTag<>("rejected", TypeInformation.of(OutboundRecord.class));
    static final OutputTag<OutboundRecord> NOTICES =
            new OutputTag<>("notices", TypeInformation.of(OutboundRecord.class));
    static final OutputTag<RecordedChunk> RECORDED =
            new OutputTag<>("recorded", TypeInformation.of(RecordedChunk.class));

    private static final TypeInformation<Admitted> ADMITTED = TypeInformation.of(Admitted.class);

    /**
     * Lays the graph behind a stream of records.
     *
     * @param raster how steps are made of samples; without it, samples are rejected
     */
    public static StreamingNetwork of(
            DataStream<RawRecord> records,
            NetworkPlan plan,
            Optional<RasterSettings> raster,
            SequenceSettings settings) {
        Distributed distributed = Distributed.of(records);
        SingleOutputStreamOperator<Arrival> decoded = distributed
                .records()
                .process(new DecodeChunks(plan.channels(), plan.dt(), raster.isPresent()), ElementType.ARRIVAL)
                .name("decode")
                .uid("decode");
        DataStream<OutboundRecord> rejected = distributed
                .rejected()
                .map(unnamed -> unnamed.union(decoded.getSideOutput(REJECTED)))
                .orElseGet(() -> decoded.getSideOutput(REJECTED));
        KeyedStream<Arrival, String> arrivals =
                DataStreamUtils.reinterpretAsKeyedStream(decoded, Arrival::stream, Types.STRING);
        if (raster.isPresent()) {
            SingleOutputStreamOperator<Arrival> rasterised = arrivals.transform(
                            "rasterise",
                            ElementType.ARRIVAL,
                            new StreamOperator<>(new RasteriseSamples(raster.get(), plan.channels(), plan.dt())))
                    .uid(RASTERISE_UID);
            rejected = rejected.union(rasterised.getSideOutput(REJECTED));
            arrivals = DataStreamUtils.reinterpretAsKeyedStream(rasterised, Arrival::stream, Types.STRING);
        }
        SingleOutputStreamOperator<Admitted> sequenced = arrivals.transform(
                        "sequence", ADMITTED, new StreamOperator<>(new SequenceChunks(settings, plan.dt())))
                .uid(SequenceStates.UID);
        rejected = rejected.union(sequenced.getSideOutput(REJECTED));

        SingleOutputStreamOperator<Admitted> evolved = sequenced;
        List<DataStream<RecordedChunk>> recorded = new ArrayList<>();
        for (ModuleStage stage : plan.stages()) {
            // The key stays the same, so the next module stands behind the last one without sending anything.
            evolved = DataStreamUtils.reinterpretAsKeyedStream(evolved, Admitted::stream, Types.STRING)
                    .transform(stage.name(), ADMITTED, new EvolveModule(stage, plan.seed(), plan.batching()))
                    .uid(ModuleStates.uid(stage.name()));
            rejected = rejected.union(evolved.getSideOutput(REJECTED));
            if (stage.records()) {
                recorded.add(evolved.getSideOutput(RECORDED));
            }
        }
        return new StreamingNetwork(
                evolved.process(new EncodeChunks(plan.dt())).name("encode").uid("encode"),
                recorded.stream().reduce(DataStream::union).map(all -> all.process(new EncodeRecorded(plan.dt()))
                        .name("encode recorded")
                        .uid("encode recorded")),
                rejected,
                sequenced.getSideOutput(NOTICES));
    }
}
