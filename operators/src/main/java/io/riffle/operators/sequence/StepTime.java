package io.riffle.operators.sequence;

import io.riffle.operators.elements.RawRecord;
import io.riffle.schemas.Chunk;

/** Event times of steps. */
final class StepTime {
    private StepTime() {}

    /**
     * The event time of a step in milliseconds since 1970, reckoned from the first step of a chunk, whose record says it.
     *
     * @param dt length of a step in seconds
     */
    static long of(long step, Chunk chunk, RawRecord record, double dt) {
        return Math.max(0, record.timestamp() + Math.round((step - chunk.firstStep()) * dt * 1000));
    }
}
