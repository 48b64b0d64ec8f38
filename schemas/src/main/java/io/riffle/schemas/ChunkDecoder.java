package io.riffle.schemas;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.RiffleException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Kafka value to chunk or samples: {@code raster/1}, {@code events/1} and {@code samples/1}, as Arrow IPC stream or file,
 * compressed or not.
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

    private final KnownSchemas known = new KnownSchemas();
    private final KnownRasters rasters = new KnownRasters();

    /**
     * @param channels that every chunk, and all samples, must have
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
     * @throws BadChunkException with the reason; samples are rejected as well
     */
    public Chunk decode(String stream, byte[] value) {
        Chunk chunk = known(stream, value);
        return chunk != null ? chunk : decodeWithMetadata(stream, value).chunk();
    }

    /** As {@link #decode}, with dt, recorded path and format. */
    public DecodedChunk decodeWithMetadata(String stream, byte[] value) {
        return named(stream, value, reader -> {
            ChunkSchema schema = schema(reader.schema());
            if (schema.isSamples()) {
                throw new BadChunkException(
                        RejectReason.WRONG_SCHEMA,
                        "got %s, expected %s or %s".formatted(Formats.SAMPLES, Formats.RASTER, Formats.EVENTS));
            }
            return new DecodedChunk(
                    chunk(stream, value, schema, reader), schema.dt(), schema.recordPath(), schema.format());
        });
    }

    /** As {@link #decode}, but samples are taken, too. */
    public Payload decodePayload(String stream, byte[] value) {
        Chunk chunk = known(stream, value);
        if (chunk != null) {
            return chunk;
        }
        return named(stream, value, reader -> {
            ChunkSchema schema = schema(reader.schema());
            return schema.isSamples() ? samples(stream, schema, reader) : chunk(stream, value, schema, reader);
        });
    }

    /** The chunk of a record of a form that came before; null if it did not, or to have it said what is wrong. */
    private Chunk known(String stream, byte[] value) {
        KnownRaster form = stream == null || value == null ? null : rasters.of(value);
        return form == null ? null : form.decode(stream, value);
    }

    private static <T> T named(String stream, byte[] value, Function<IpcReader, T> decode) {
        requireNonNull(stream, "stream is null");
        try {
            if (value == null) {
                throw new BadChunkException(
                        RejectReason.MALFORMED, "the record has no value, expected an Arrow stream");
            }
            return decode.apply(new IpcReader(new MemorySource(value)));
        } catch (BadChunkException e) {
            throw e.at("stream '" + Text.shortened(stream) + "'");
        }
    }

    private ChunkSchema schema(ByteBuffer metadata) {
        ChunkSchema schema = known.get(metadata);
        if (schema == null) {
            schema = ChunkSchema.of(MetadataReader.of(metadata).schema());
            checkRecord(schema);
            known.put(metadata, schema);
        }
        checkExpected(schema);
        return schema;
    }

    private static void checkRecord(ChunkSchema schema) {
        if (schema.places().stream() >= 0) {
            throw new BadChunkException(
                    RejectReason.WRONG_SCHEMA,
                    "got a column stream, expected it in files only: a record's key names its stream");
        }
        if (schema.places().run() >= 0) {
            throw new BadChunkException(
                    RejectReason.WRONG_SCHEMA,
                    "got a column run, expected it in files only: a record has schema metadata " + Formats.RUN);
        }
    }

    private void checkExpected(ChunkSchema schema) {
        if (expects && schema.channels() != channels) {
            throw new BadChunkException(
                    RejectReason.WRONG_CHANNELS, "got %d channels, expected %d".formatted(schema.channels(), channels));
        }
        if (expects && !schema.isSamples() && !TimeStep.same(schema.dt(), dt)) {
            throw new BadChunkException(
                    RejectReason.WRONG_DT,
                    "got dt %s s, expected %s s".formatted(TimeStep.format(schema.dt()), TimeStep.format(dt)));
        }
    }

    private Chunk chunk(String stream, byte[] value, ChunkSchema schema, IpcReader reader) {
        return schema.isRaster() ? raster(stream, value, schema, reader) : events(stream, schema, reader);
    }

    private Chunk raster(String stream, byte[] value, ChunkSchema schema, IpcReader reader) {
        List<RecordBatch> batches = batches(schema, reader, "steps", schema.channels());
        int steps = 0;
        for (RecordBatch batch : batches) {
            steps += batch.rows();
        }
        int row = 0;
        long firstStep = first(schema.firstStep(), steps);
        float[] values = null;
        for (RecordBatch batch : batches) {
            FloatBuffer lists = batch.lists(schema.places().values()); // throws unless the bytes for its rows are there
            values = values == null ? new float[steps * schema.channels()] : values;
            lists.get(values, row * schema.channels(), lists.remaining());
            if (schema.places().step() >= 0 && batch.rows() > 0) {
                LongBuffer step = batch.longs(schema.places().step());
                firstStep = row == 0 ? first(schema, step.get(0), steps) : firstStep;
                checkConsecutive(step, firstStep + row);
            }
            row += batch.rows();
        }
        values = values == null ? new float[0] : values;
        Finite.check(values, firstStep, schema.channels());
        if (batches.size() == 1 && !reader.isFile()) {
            rasters.add(KnownRaster.of(value, schema, batches.get(0), reader.bodyPosition()));
        }
        return new Chunk(stream, schema.run(), firstStep, steps, schema.channels(), values);
    }

    private static Samples samples(String stream, ChunkSchema schema, IpcReader reader) {
        List<RecordBatch> batches = batches(schema, reader, "samples", schema.channels());
        int rows = 0;
        for (RecordBatch batch : batches) {
            rows += batch.rows();
        }
        List<Samples> parts = new ArrayList<>(batches.size());
        int row = 0;
        for (RecordBatch batch : batches) {
            SampleRows part = new SampleRows(schema, batch, row);
            parts.add(part.samples(stream, schema.run(), 0, batch.rows()));
            row += batch.rows();
        }
        return parts.size() == 1 ? parts.get(0) : joined(stream, schema, rows, parts);
    }

    private static Samples joined(String stream, ChunkSchema schema, int rows, List<Samples> parts) {
        long[] times = new long[rows];
        float[] values = new float[rows * schema.channels()];
        int row = 0;
        for (Samples part : parts) {
            System.arraycopy(part.times(), 0, times, row, part.size());
            System.arraycopy(part.values(), 0, values, row * schema.channels(), part.values().length);
            row += part.size();
        }
        return new Samples(stream, schema.run(), schema.channels(), times, values);
    }

    /** All batches; together they hold no more than the limit. */
    private static List<RecordBatch> batches(ChunkSchema schema, IpcReader reader, String noun, int valuesPerRow) {
        List<RecordBatch> batches = new ArrayList<>(1);
        long rows = 0;
        for (RecordBatch batch = reader.next(schema.table()); batch != null; batch = reader.next(schema.table())) {
            batches.add(batch);
            rows += batch.rows();
            checkSize(rows, noun, valuesPerRow);
        }
        return batches;
    }

    private static void checkSize(long rows, String noun, int valuesPerRow) {
        if (rows > MAX_VALUES / valuesPerRow) {
            throw new BadChunkException(
                    RejectReason.TOO_LARGE,
                    "got %d %s of %d channels, expected at most %d values"
                            .formatted(rows, noun, valuesPerRow, MAX_VALUES));
        }
    }

    /** What the first row says, if the metadata does not say otherwise. */
    private static long first(ChunkSchema schema, long step, int steps) {
        if (schema.saidFirstStep().isPresent() && schema.firstStep() != step) {
            throw new BadChunkException(
                    RejectReason.BAD_STEPS,
                    "got step %d first, expected step %d as schema metadata %s says"
                            .formatted(step, schema.firstStep(), Formats.FIRST_STEP));
        }
        return first(step, steps);
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
        checkSize(schema.steps(), "steps", schema.channels());
        int steps = (int) schema.steps();
        float[] values = new float[steps * schema.channels()];
        long last = schema.firstStep();
        for (RecordBatch batch : batches(schema, reader, "events", 1)) {
            EventRows rows = new EventRows(schema, batch);
            for (int row = 0; row < rows.size(); row++) {
                last = rows.step(row, last);
                values[(int) (last - schema.firstStep()) * schema.channels() + rows.channel(row)] += rows.count(row);
            }
        }
        Finite.check(values, schema.firstStep(), schema.channels()); // finite counts may add up to infinity
        return new Chunk(stream, schema.run(), schema.firstStep(), steps, schema.channels(), values);
    }
}
