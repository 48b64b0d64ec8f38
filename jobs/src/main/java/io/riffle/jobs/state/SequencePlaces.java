package io.riffle.jobs.state;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** Where each stream is, in what the operator keeps that lets their steps through in order. */
final class SequencePlaces {
    static final String UID = "sequence";

    private final KeyedStore store;

    SequencePlaces(KeyedStore store) {
        this.store = store;
    }

    /** Lets a stream go on with a step; what came of it before counts as taken. */
    void put(String stream, long nextStep) throws Exception {
        ValueState<Long> first = store.value(new ValueStateDescriptor<>("first_step", Types.LONG));
        ValueState<Long> next = store.value(new ValueStateDescriptor<>("next_step", Types.LONG));
        store.select(stream);
        if (first.value() == null || first.value() > nextStep) {
            first.update(nextStep);
        }
        next.update(nextStep);
    }
}
