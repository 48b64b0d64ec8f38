package io.riffle.operators;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkEncoder;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Rejected;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets each stream's steps through in their order, each once. A stream starts with the first chunk that is seen of it;
 * after that a chunk must start with the next step. Anything else is rejected and changes nothing.
 */
final class SequenceChunks extends KeyedProcessFunction<String, Arrival, Chunk> {
    private static final long serialVersionUID = 1L;

    private final double dt;
    private transient ChunkEncoder encoder;
    private transient ValueState<Long> firstStep;
    private transient ValueState<Long> nextStep;

    SequenceChunks(double dt) {
        this.dt = dt;
    }

    @Override
    public void open(OpenContext openContext) {
        encoder = new ChunkEncoder(dt);
        firstStep = getRuntimeContext().getState(new ValueStateDescriptor<>("first_step", Types.LONG));
        nextStep = getRuntimeContext().getState(new ValueStateDescriptor<>("next_step", Types.LONG));
    }

    @Override
    public void processElement(Arrival arrival, Context context, Collector<Chunk> out) throws Exception {
        Chunk chunk = arrival.chunk();
        Long expected = nextStep.value();
        if (expected == null) {
            firstStep.update(chunk.firstStep());
        } else if (chunk.firstStep() != expected) {
            reject(arrival, reasonFor(chunk, expected), expected, context);
            return;
        }
        nextStep.update(chunk.endStep());
        out.collect(chunk);
    }

    private RejectReason reasonFor(Chunk chunk, long expected) throws Exception {
        if (chunk.firstStep() > expected) {
            return RejectReason.GAP;
        }
        boolean taken = chunk.firstStep() >= firstStep.value() && chunk.endStep() <= expected;
        return taken ? RejectReason.DUPLICATE : RejectReason.STALE;
    }

    private void reject(Arrival arrival, RejectReason reason, long expected, Context context) {
        Chunk chunk = arrival.chunk();
        String message = "stream '%s' sent steps %d to %d, expected step %d next"
                .formatted(chunk.stream(), chunk.firstStep(), chunk.endStep() - 1, expected);
        context.output(
                StreamingNetwork.REJECTED,
                new Rejected(
                        arrival.topic(),
                        arrival.partition(),
                        arrival.offset(),
                        chunk.stream(),
                        reason,
                        message,
                        encoder.encode(chunk)));
    }
}
