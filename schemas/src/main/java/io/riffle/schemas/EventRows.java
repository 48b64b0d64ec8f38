package io.riffle.schemas;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/** The rows of a batch of events, checked when they are read. */
final class EventRows {
    private final ChunkSchema schema;
    private final LongBuffer steps;
    private final IntBuffer channels;
    private final FloatBuffer counts;

    EventRows(ChunkSchema schema, RecordBatch batch) {
        this.schema = schema;
        steps = batch.longs(schema.places().step());
        channels = batch.ints(schema.places().channel());
        counts = batch.floats(schema.places().count());
    }

    int size() {
        return steps.limit();
    }

    /** @param least the step of the row before, of the same stream */
    long step(int row, long least) {
        long step = steps.get(row);
        if (step < schema.firstStep() || step >= schema.endStep()) {
            throw new BadChunkException(
                    RejectReason.BAD_STEPS,
                    "an event is at step %d, expected one from %d until %d"
                            .formatted(step, schema.firstStep(), schema.endStep()));
        }
        if (step < least) {
            throw new BadChunkException(
                    RejectReason.BAD_STEPS,
                    "an event at step %d follows step %d, expected ascending".formatted(step, least));
        }
        return step;
    }

    int channel(int row) {
        int channel = channels.get(row);
        if (channel < 0 || channel >= schema.channels()) {
            throw new BadChunkException(
                    RejectReason.WRONG_CHANNELS,
                    "an event at step %d is in channel %d, expected one from 0 until %d"
                            .formatted(steps.get(row), channel, schema.channels()));
        }
        return channel;
    }

    float count(int row) {
        float count = counts.get(row);
        if (!Float.isFinite(count)) {
            throw Finite.notFinite(count, steps.get(row), channels.get(row));
        }
        return count;
    }
}
