package io.riffle.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Chunks, and records that are wrong in one place. */
final class TestingChunks {
    static final Path GOLDEN = Path.of("src/test/resources/golden");

    private TestingChunks() {}

    /** Cell i holds i / 4 - 1, as in make_golden.py. */
    static Chunk ramp(String stream, long firstStep, int steps, int channels) {
        float[] values = new float[steps * channels];
        for (int cell = 0; cell < values.length; cell++) {
            values[cell] = cell / 4f - 1;
        }
        return new Chunk(stream, firstStep, steps, channels, values);
    }

    static byte[] golden(String name) {
        try {
            return Files.readAllBytes(GOLDEN.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The metadata of a raster, with one entry set, or taken away if null. */
    static Map<String, String> rasterMetadata(String key, String value) {
        return with(Map.of(Formats.FORMAT, Formats.RASTER, Formats.DT, "0.001"), key, value);
    }

    static Map<String, String> eventsMetadata(String key, String value) {
        return with(
                Map.of(
                        Formats.FORMAT, Formats.EVENTS,
                        Formats.DT, "0.001",
                        Formats.CHANNELS, "4",
                        Formats.FIRST_STEP, "120",
                        Formats.STEPS, "10"),
                key,
                value);
    }

    /** A raster of 2 channels with any columns, steps and values. */
    static byte[] raster(Map<String, String> metadata, List<Column> columns, long[] steps, float... values) {
        TableSchema schema = new TableSchema(columns, metadata);
        StreamTemplate template = new StreamTemplate(schema, BatchLayout.of(schema, steps.length));
        ByteBuffer record = template.newValue();
        record.position(template.position(0, 1)).asLongBuffer().put(steps);
        record.position(template.position(1, 2)).asFloatBuffer().put(values);
        return record.array();
    }

    static List<Column> rasterColumns() {
        return List.of(Column.of("step", ColumnType.INT64), Column.floats("values", 2));
    }

    /** One row of 2 channels. */
    static byte[] rasterWithoutSteps(Map<String, String> metadata, float... values) {
        TableSchema schema = new TableSchema(List.of(Column.floats("values", 2)), metadata);
        StreamTemplate template = new StreamTemplate(schema, BatchLayout.of(schema, 1));
        ByteBuffer record = template.newValue();
        record.position(template.position(0, 2)).asFloatBuffer().put(values);
        return record.array();
    }

    /** A raster of 2 channels without a batch, and without the mark of its end. */
    static byte[] schemaOnly(Map<String, String> metadata) {
        return IpcWriter.envelope(MetadataWriter.schema(new TableSchema(rasterColumns(), metadata)));
    }

    static byte[] rasterOf(long[] steps, float... values) {
        return raster(rasterMetadata(Formats.DT, "0.001"), rasterColumns(), steps, values);
    }

    /** Events that no encoder would write. */
    static byte[] events(Map<String, String> metadata, long[] steps, int[] channels, float[] counts) {
        TableSchema schema = new TableSchema(
                List.of(
                        Column.of("step", ColumnType.INT64),
                        Column.of("channel", ColumnType.INT32),
                        Column.of("count", ColumnType.FLOAT32)),
                metadata);
        StreamTemplate template = new StreamTemplate(schema, BatchLayout.of(schema, steps.length));
        ByteBuffer record = template.newValue();
        record.position(template.position(0, 1)).asLongBuffer().put(steps);
        record.position(template.position(1, 1)).asIntBuffer().put(channels);
        record.position(template.position(2, 1)).asFloatBuffer().put(counts);
        return record.array();
    }

    private static Map<String, String> with(Map<String, String> metadata, String key, String value) {
        Map<String, String> changed = new LinkedHashMap<>(metadata);
        if (value == null) {
            changed.remove(key);
        } else {
            changed.put(key, value);
        }
        return changed;
    }
}
