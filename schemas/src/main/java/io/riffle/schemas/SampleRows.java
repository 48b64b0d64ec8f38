package io.riffle.schemas;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/** The rows of a batch of samples, checked when they are read. */
final class SampleRows {
    private final int channels;
    private final long rowsBefore;
    private final LongBuffer times;
    private final FloatBuffer values;

    /** @param rowsBefore in batches before this one, for messages */
    SampleRows(ChunkSchema schema, RecordBatch batch, long rowsBefore) {
        channels = schema.channels();
        this.rowsBefore = rowsBefore;
        times = batch.longs(schema.places().time());
        values = batch.lists(schema.places().values());
    }

    /** The rows from one until another. */
    Samples samples(String stream, long run, int from, int until) {
        long[] time = new long[until - from];
        times.get(from, time);
        for (int row = 0; row < time.length; row++) {
            if (!Samples.isTime(time[row])) {
                throw new BadChunkException(
                        RejectReason.BAD_STEPS,
                        "row %d is at %d ns, expected %s"
                                .formatted(rowsBefore + from + row, time[row], Samples.EXPECTED_TIME));
            }
        }
        float[] value = new float[time.length * channels];
        values.get(from * channels, value);
        int cell = Finite.firstNotFinite(value);
        if (cell >= 0) {
            throw new BadChunkException(
                    RejectReason.NOT_FINITE,
                    "row %d, channel %d is %s, expected a finite value"
                            .formatted(rowsBefore + from + cell / channels, cell % channels, value[cell]));
        }
        return new Samples(stream, run, channels, time, value);
    }
}
