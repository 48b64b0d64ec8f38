package io.riffle.operators;

import io.riffle.operators.elements.Admitted;
import io.riffle.operators.elements.RecordedChunk;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.RejectReason;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * One chunk on its way through a module: what came, the state that it is evolved with, and what becomes of it. Mutable,
 * and used again for later chunks.
 */
final class Turn {
    Admitted admitted;
    /** Of the chunk's stream, to be evolved; null if the chunk leaves it as it is. */
    StreamState state;
    /** What goes on to the next module, if anything does. */
    Admitted output;
    /** The sum of the output's values. */
    double sum;
    /** Why the record is rejected, if it is. */
    RejectReason reason;

    String message;
    final List<RecordedChunk> recorded = new ArrayList<>(0);

    private boolean timed;
    private long time;

    void begin(StreamRecord<Admitted> record) {
        admitted = record.getValue();
        timed = record.hasTimestamp();
        time = timed ? record.getTimestamp() : Long.MIN_VALUE;
    }

    /** For after the record was processed, when the operator before this one uses the array of values again. */
    void keep() {
        Chunk chunk = admitted.chunk();
        admitted =
                admitted.with(chunk.withValues(chunk.channels(), chunk.values().clone()));
    }

    Chunk chunk() {
        return admitted.chunk();
    }

    void reject(RejectReason because, String inWords) {
        reason = because;
        message = inWords;
    }

    /** Gives a record the time of the one that came. */
    <T> StreamRecord<T> timed(StreamRecord<T> record) {
        if (timed) {
            record.setTimestamp(time);
        } else {
            record.eraseTimestamp();
        }
        return record;
    }

    /** Nothing of it is kept. */
    void end() {
        admitted = null;
        state = null;
        output = null;
        reason = null;
        message = null;
        if (!recorded.isEmpty()) {
            recorded.clear();
        }
    }
}
