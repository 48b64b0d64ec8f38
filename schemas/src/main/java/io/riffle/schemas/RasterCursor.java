package io.riffle.schemas;

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

    private final ArrowFile file;
    private final ChunkSchema schema;
    private final String onlyStream;
    /** Where each stream goes on; used when the file does not number its steps. */
    private final Map<RowOwner, Long> nextSteps = new HashMap<>();

    private long rowsBefore;
    private int row;
    private int rows;
    private RowOwners owners;
    private LongBuffer steps;
    private FloatBuffer values;

    RasterCursor(ArrowFile file, String onlyStream) {
        this.file = file;
        this.schema = file.schema();
        this.onlyStream = onlyStream;
    }

    @Override
    public Chunk next() {
        while (row == rows) {
            RecordBatch batch = file.next();
            if (batch == null) {
                return null;
            }
            open(batch);
        }
        int from = row;
        RowOwner owner = owner(from);
        long firstStep = steps == null ? nextSteps.getOrDefault(owner, schema.firstStep()) : steps.get(from);
        checkSaid(from, firstStep);
        row = end(from, firstStep);
        checkSteps(from, firstStep, row - from);
        if (steps == null) {
            nextSteps.put(owner, firstStep + row - from);
        }
        return new Chunk(
                owner.stream(), owner.run(), firstStep, row - from, schema.channels(), values(from, firstStep));
    }

    private void open(RecordBatch batch) {
        rowsBefore += rows;
        row = 0;
        rows = batch.rows();
        owners = new RowOwners(schema, batch, onlyStream);
        steps = schema.places().step() < 0 ? null : batch.longs(schema.places().step());
        values = batch.lists(schema.places().values());
    }

    private RowOwner owner(int from) {
        try {
            return owners.of(from);
        } catch (BadChunkException e) {
            throw e.at("row " + (rowsBefore + from));
        }
    }

    /** The row after the last one of the chunk that begins at a row. */
    private int end(int from, long firstStep) {
        int most = owners.end(from, (int) Math.min(rows, from + (long) Math.max(1, MAX_VALUES / schema.channels())));
        if (steps == null) {
            return most;
        }
        int end = from + 1;
        while (end < most && steps.get(end) == firstStep + (end - from)) {
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

    /** What a file says about its first step is about its first row, as in a record. */
    private void checkSaid(int from, long firstStep) {
        if (rowsBefore + from == 0 && schema.saidFirstStep().isPresent() && firstStep != schema.firstStep()) {
            throw new BadChunkException(
                    RejectReason.BAD_STEPS,
                    "got step %d first, expected step %d as schema metadata %s says"
                            .formatted(firstStep, schema.firstStep(), Formats.FIRST_STEP));
        }
    }
}
