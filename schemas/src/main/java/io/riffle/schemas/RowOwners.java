package io.riffle.schemas;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/** Whose the rows of a batch of a file are: of which stream, in which run. */
final class RowOwners {
    private final String onlyStream;
    private final long onlyRun;
    private final RecordBatch.Bytes streams; // null if the file is one stream
    private final LongBuffer runs; // null if the file is of one run

    RowOwners(ChunkSchema schema, RecordBatch batch, String onlyStream) {
        this.onlyStream = onlyStream;
        onlyRun = schema.run();
        streams = schema.places().stream() < 0 ? null : batch.bytes(schema.places().stream());
        runs = schema.places().run() < 0 ? null : batch.longs(schema.places().run());
    }

    RowOwner of(int row) {
        long run = runs == null ? onlyRun : runs.get(row);
        if (run < 0) {
            throw new BadChunkException(
                    RejectReason.WRONG_SCHEMA, "got run %d, expected a whole number from 0".formatted(run));
        }
        return new RowOwner(streams == null ? onlyStream : streams.text(row), run);
    }

    /** The row after the last one that belongs to the owner of a row, without a row in between that does not. */
    int end(int from, int most) {
        ByteBuffer stream = streams == null ? null : streams.view(from);
        int end = from + 1;
        while (end < most
                && (runs == null || runs.get(end) == runs.get(from))
                && (stream == null || streams.view(end).equals(stream))) {
            end++;
        }
        return end;
    }
}
