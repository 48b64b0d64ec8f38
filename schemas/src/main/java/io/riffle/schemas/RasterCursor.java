package io.riffle.schemas;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Chunks of a {@code raster/1} file: consecutive rows of one stream with consecutive steps, within one batch, become
 * one chunk of at most {@link #MAX_VALUES} values.
 */
final class RasterCursor implements ChunkCursor {
    private static final int MAX_VALUES = 1 << 20;

    private final IpcReader reader;
    private final ChunkSchema schema;
    private final String onlyStream;
    /** Where each stream goes on; used when the file does not number its steps. */
    private final Map<String, Long> nextSteps = new HashMap<>();

    private long rowsBefore;
    private int row;
    private int rows;
    private RecordBatch.Bytes streams;
    private LongBuffer steps;
    private FloatBuffer values;

    RasterCursor(IpcReader reader, ChunkSchema schema, String onlyStream) {
        this.reader = reader;
        this.schema = schema;
        this.onlyStream = onlyStream;
    }

    @Override
    public Chunk next() {
        while (row == rows) {
            RecordBatch batch = reader.next(schema.table());
            if (batch == null) {
                return null;
            }
            open(batch);
        }
        int from = row;
        String stream = streams == null ? onlyStream : streams.text(from);
        long firstStep = steps == null ? nextSteps.getOrDefault(stream, 0L) : steps.get(from);
        row = end(from, firstStep);
        checkSteps(from, firstStep, row - from);
        if (steps == null) {
            nextSteps.put(stream, firstStep + row - from);
        }
        return new Chunk(stream, firstStep, row - from, schema.channels(), values(from, firstStep));
    }

    private void open(RecordBatch batch) {
        rowsBefore += rows;
        row = 0;
        rows = batch.rows();
        streams = schema.places().stream() < 0 ? null : batch.bytes(schema.places().stream());
        steps = schema.places().step() < 0 ? null : batch.longs(schema.places().step());
        values = batch.lists(schema.places().values());
    }

    /** The row after the last one of the chunk that begins at a row. */
    private int end(int from, long firstStep) {
        int most = (int) Math.min(rows, from + (long) Math.max(1, MAX_VALUES / schema.channels()));
        ByteBuffer stream = streams == null ? null : streams.view(from);
        int end = from + 1;
        while (end < most
                && (steps == null || steps.get(end) == firstStep + (end - from))
                && (stream == null || streams.view(end).equals(stream))) {
            end++;
        }
        return end;
    }

    private float[] values(int from, long firstStep) {
        int channels = schema.channels();
        float[] chunk = new float[(row - from) * channels];
        values.get(from * channels, chunk);
        int cell = Finite.firstNotFinite(chunk);
        if (cell >= 0) {
            throw Finite.notFinite(chunk[cell], firstStep + cell / channels, cell % channels)
                    .at("row " + (rowsBefore + from + cell / channels));
        }
        return chunk;
    }

    private void checkSteps(int from, long firstStep, int count) {
        if (firstStep < 0 || firstStep > Long.MAX_VALUE - count) {
            throw new BadChunkException(
                    RejectReason.BAD_STEPS,
                    "row %d: got step %d, expected one from 0 and below 2^63 - 1"
                            .formatted(rowsBefore + from, firstStep));
        }
    }
}
