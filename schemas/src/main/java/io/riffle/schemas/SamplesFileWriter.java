package io.riffle.schemas;

import io.riffle.schemas.ChunkFileWriter.Encapsulation;
import io.riffle.sim.RiffleException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Samples into an Arrow file, {@code samples/1} with the first columns {@code stream} and {@code run}. Each record
 * becomes a batch, so that a reader gets the same records again.
 */
public final class SamplesFileWriter implements AutoCloseable {
    private static final int STREAM = 0;
    private static final int TIME = 2;
    private static final int VALUES = 3;

    private final ArrowFileWriter writer;
    private boolean closed;

    /** @throws RiffleException if the file cannot be written; one that is there is replaced */
    public SamplesFileWriter(Path file, Encapsulation encapsulation) {
        writer = new ArrowFileWriter(file, encapsulation);
    }

    /** All samples have the channels of the first; those of several streams may come in any order. */
    public void append(Samples samples) {
        if (writer.schema() == null) {
            begin(samples.channels());
        }
        TableSchema schema = writer.schema();
        int channels = schema.columns().get(VALUES).listSize();
        if (samples.channels() != channels) {
            throw new RiffleException(
                    "%s: got %s, expected %d channels as before".formatted(writer.path(), samples, channels));
        }
        if (samples.isHeartbeat()) {
            return; // a file has no record timestamps, so it would say nothing
        }
        byte[] stream = samples.stream().getBytes(StandardCharsets.UTF_8);
        long[] texts = new long[schema.columns().size()];
        texts[STREAM] = (long) stream.length * samples.size();
        BatchLayout layout = new BatchLayout(schema, samples.size(), texts, new long[texts.length]);
        ByteBuffer body =
                ByteBuffer.allocate(Math.toIntExact(layout.bodyLength())).order(ByteOrder.LITTLE_ENDIAN);
        new OwnerColumns(schema, layout, body).add(stream, samples.run(), samples.size());
        body.position(layout.position(TIME, 1)).asLongBuffer().put(samples.times());
        body.position(layout.position(VALUES, 2)).asFloatBuffer().put(samples.values());
        writer.batch(layout, body);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        writer.close(() -> {
            if (writer.schema() == null) {
                begin(0); // nobody knows how many channels there would have been
            }
        });
    }

    private void begin(int channels) {
        writer.begin(new TableSchema(
                List.of(
                        Column.of(Formats.STREAM_COLUMN, ColumnType.UTF8),
                        Column.of(Formats.RUN_COLUMN, ColumnType.INT64),
                        Column.time(Formats.TIME_COLUMN),
                        Column.floats(Formats.VALUES_COLUMN, channels)),
                Map.of(Formats.FORMAT, Formats.SAMPLES)));
    }
}
