package io.riffle.schemas;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.RiffleException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Kafka value to chunk: {@code raster/1} and {@code events/1}, as Arrow IPC stream or file, compressed or not.
 *
 * <p>Events become a raster: each count is added to its (step, channel). Whatever the value is not ends in a
 * {@link BadChunkException}; no other exception leaves. Memory stays bounded by the value's own size and, where the
 * value is compressed or sparse, by {@link #MAX_VALUES}.
 *
 * <p>One decoder may serve several threads. It is not serializable: make one where it is used.
 */
public final class ChunkDecoder {
    /** Most values of one chunk: 4 Mi, which are 16 MiB. */
    public static final int MAX_VALUES = 1 << 22;

    private final boolean expects;
    private final int channels;
    private final double dt;

    /** Streams repeat their schema in every record, so its meaning is kept. A race costs one more parse, no more. */
    private KnownSchema known = KnownSchema.NONE;

    /**
     * @param channels that every chunk must have
     * @param dt that every chunk must have, in seconds; compared with a relative tolerance of 1e-9
     */
    public ChunkDecoder(int channels, double dt) {
        if (channels < 1) {
            throw new RiffleException("got %d channels, expected at least 1".formatted(channels));
        }
        this.expects = true;
        this.channels = channels;
        this.dt = TimeStep.checked(dt);
    }

    private ChunkDecoder() {
        expects = false;
        channels = 0;
        dt = 0;
    }

    /** Accepts any number of channels and any dt. */
    public static ChunkDecoder anything() {
        return new ChunkDecoder();
    }

    /**
     * @param stream name of the chunk, the record's key
     * @param value the record's value; may be null, as Kafka's may, which is rejected
     * @throws BadChunkException with the reason
     */
    public Chunk decode(String stream, byte[] value) {
        return decodeWithMetadata(stream, value).chunk();
    }

    /** As {@link #decode}, with dt, recorded path and format. */
    public DecodedChunk decodeWithMetadata(String stream, byte[] value) {
        requireNonNull(stream, "stream is null");
        try {
            if (value == null) {
                throw new BadChunkException(
                        RejectReason.MALFORMED, "the record has no value, expected an Arrow stream");
            }
            IpcReader reader = new IpcReader(new MemorySource(value));
            ChunkSchema schema = schema(reader.schema());
            checkExpected(schema);
            Chunk chunk = schema.isRaster() ? raster(stream, schema, reader) : events(stream, schema, reader);
            return new DecodedChunk(chunk, schema.dt(), schema.recordPath(), schema.format());
        } catch (BadChunkException e) {
            throw e.at("stream '" + Text.shortened(stream) + "'");
        }
    }

    private ChunkSchema schema(ByteBuffer metadata) {
        KnownSchema last = known;
        if (last.metadata().equals(metadata)) {
            return last.schema();
        }
        ChunkSchema schema = ChunkSchema.of(MetadataReader.of(metadata).schema());
        if (schema.streamColumn() >= 0) {
            throw new BadChunkException(
                    RejectReason.WRONG_SCHEMA,
                    "got a column stream, expected it in files only: a record's key names its stream");
        }
        known = KnownSchema.copyOf(metadata, schema);
        return schema;
    }

    private void checkExpected(ChunkSchema schema) {
        if (expects && schema.channels() != channels) {
            throw new BadChunkException(
                    RejectReason.WRONG_CHANNELS, "got %d channels, expected %d".formatted(schema.channels(), channels));
        }
        if (expects && !TimeStep.same(schema.dt(), dt)) {
            throw new BadChunkException(
                    RejectReason.WRONG_DT,
                    "got dt %s s, expected %s s".formatted(TimeStep.format(schema.dt()), TimeStep.format(dt)));
        }
    }

    private static Chunk raster(String stream, ChunkSchema schema, IpcReader reader) {
        List<RecordBatch> batches = batches(schema, reader, schema.channels());
        int steps = 0;
        for (RecordBatch batch : batches) {
            steps += batch.rows();
        }
        if (steps == 0) {
            throw new BadChunkException(RejectReason.BAD_STEPS, "got no steps, expected at least 1");
        }
        int row = 0;
        long firstStep = 0;
        float[] values = null;
        for (RecordBatch batch : batches) {
            FloatBuffer lists = batch.lists(schema.valuesColumn()); // throws unless the bytes for its rows are there
            values = values == null ? new float[steps * schema.channels()] : values;
            lists.get(values, row * schema.channels(), lists.remaining());
            if (schema.stepColumn() >= 0 && batch.rows() > 0) {
                LongBuffer step = batch.longs(schema.stepColumn());
                firstStep = row == 0 ? first(step.get(0), steps) : firstStep;
                checkConsecutive(step, firstStep + row);
            }
            row += batch.rows();
        }
        Finite.check(values, firstStep, schema.channels());
        return new Chunk(stream, firstStep, steps, schema.channels(), values);
    }

    /** All batches; together they hold no more than the limit. */
    private static List<RecordBatch> batches(ChunkSchema schema, IpcReader reader, int valuesPerRow) {
        List<RecordBatch> batches = new ArrayList<>(1);
        long rows = 0;
        for (RecordBatch batch = reader.next(schema.table()); batch != null; batch = reader.next(schema.table())) {
            batches.add(batch);
            rows += batch.rows();
            checkSize(rows, valuesPerRow);
        }
        return batches;
    }

    private static void checkSize(long rows, int valuesPerRow) {
        if (rows > MAX_VALUES / valuesPerRow) {
            throw new BadChunkException(
                    RejectReason.TOO_LARGE,
                    "got %d steps of %d channels, expected at most %d values"
                            .formatted(rows, valuesPerRow, MAX_VALUES));
        }
    }

    private static long first(long step, int steps) {
        if (step < 0 || step > Long.MAX_VALUE - steps) {
            throw new BadChunkException(
                    RejectReason.BAD_STEPS,
                    "got first step %d and %d steps, expected a first step from 0 and an end below 2^63"
                            .formatted(step, steps));
        }
        return step;
    }

    private static void checkConsecutive(LongBuffer steps, long first) {
        for (int row = 0; row < steps.limit(); row++) {
            if (steps.get(row) != first + row) {
                throw new BadChunkException(
                        RejectReason.BAD_STEPS,
                        "got step %d where %d was expected: the steps of a chunk are consecutive"
                                .formatted(steps.get(row), first + row));
            }
        }
    }

    private static Chunk events(String stream, ChunkSchema schema, IpcReader reader) {
        checkSize(schema.steps(), schema.channels());
        if (schema.steps() == 0) {
            throw new BadChunkException(RejectReason.BAD_STEPS, "got no steps, expected at least 1");
        }
        int steps = (int) schema.steps();
        float[] values = new float[steps * schema.channels()];
        long last = schema.firstStep();
        for (RecordBatch batch : batches(schema, reader, 1)) {
            EventRows rows = new EventRows(schema, batch);
            for (int row = 0; row < rows.size(); row++) {
                last = rows.step(row, last);
                values[(int) (last - schema.firstStep()) * schema.channels() + rows.channel(row)] += rows.count(row);
            }
        }
        Finite.check(values, schema.firstStep(), schema.channels()); // finite counts may add up to infinity
        return new Chunk(stream, schema.firstStep(), steps, schema.channels(), values);
    }

    private record KnownSchema(ByteBuffer metadata, ChunkSchema schema) {
        // An empty schema message is never asked for: it reads as the end of the stream.
        private static final KnownSchema NONE = new KnownSchema(ByteBuffer.allocate(0), null);

        /** A copy, as a view would keep the whole record alive. */
        private static KnownSchema copyOf(ByteBuffer metadata, ChunkSchema schema) {
            return new KnownSchema(
                    ByteBuffer.allocate(metadata.remaining())
                            .put(metadata.duplicate())
                            .flip(),
                    schema);
        }
    }
}
