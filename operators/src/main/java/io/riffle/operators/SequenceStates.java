package io.riffle.operators;

import io.riffle.operators.elements.Arrival;
import io.riffle.operators.elements.ArrivalSerializer;
import io.riffle.operators.sequence.SequenceState;
import io.riffle.operators.sequence.SequenceStateSerializer;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;

/** What the operator that puts chunks in order keeps of each stream, and how a savepoint names it. */
public final class SequenceStates {
    /** The operator's uid. */
    public static final String UID = "sequence";

    private SequenceStates() {}

    /** Where a stream is. */
    public static ValueStateDescriptor<SequenceState> place() {
        return new ValueStateDescriptor<>("place", SequenceStateSerializer.INSTANCE);
    }

    /** The chunks that came early, by their first steps. */
    public static MapStateDescriptor<Long, Arrival> waiting() {
        return new MapStateDescriptor<>("waiting", LongSerializer.INSTANCE, new ArrivalSerializer());
    }
}
