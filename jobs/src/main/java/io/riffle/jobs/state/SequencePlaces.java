package io.riffle.jobs.state;

import io.riffle.operators.SequenceStates;
import io.riffle.operators.sequence.SequenceState;
import org.apache.flink.api.common.state.ValueState;

/** Where each stream is, in what the operator keeps that puts chunks in order. */
final class SequencePlaces {
    private final KeyedStore store;

    SequencePlaces(KeyedStore store) {
        this.store = store;
    }

    /** Lets a stream go on with a step, in the run in which it is; what waited of it was for another state and is gone. */
    void put(String stream, long nextStep) throws Exception {
        store.select(stream);
        ValueState<SequenceState> places = store.state(SequenceStates.place());
        SequenceState before = places.value();
        places.update(SequenceState.at(before == null ? 0 : before.run(), nextStep));
        store.state(SequenceStates.waiting()).clear();
    }
}
