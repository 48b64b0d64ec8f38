package io.riffle.schemas;

import io.riffle.sim.RiffleException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chunks into an Arrow file, {@code raster/1} with a first column {@code stream}, and on demand a column {@code run}.
 *
 * <p>Rows are gathered into batches of about 1 MiB. A file in IPC file format is complete only after {@link #close}; one
 * in stream format can be read up to the last whole batch at any time.
 */
public final class ChunkFileWriter implements AutoCloseable {
    /** Which encapsulation. */
    public enum Encapsulation {
        /** With a footer: can be read from the middle. */
        FILE,
        /** Without: can be read while it is written. */
        STREAM
    }

    private static final int BATCH_VALUES = 1 << 18;
    private static final int BATCH_ROWS = 1 << 16;
    private static final long BATCH_TEXT = 1 << 26;

    private final ArrowFileWriter writer;
    private final Map<String, String> metadata;
    private final boolean runs;
    private final List<Rows> pending = new ArrayList<>();
    private int pendingRows;
    private long pendingText;
    private boolean closed;

    /** In IPC file format if the name ends in {@code .arrow} or {@code .feather}, else in stream format. */
    public ChunkFileWriter(Path file, double dt) {
        this(file, dt, Optional.empty(), encapsulationOf(file));
    }

    /** Of chunks of the first run. */
    public ChunkFileWriter(Path file, double dt, Optional<String> recordPath, Encapsulation encapsulation) {
        this(file, dt, recordPath, encapsulation, false);
    }

    /**
     * @param dt length of a step in seconds
     * @param recordPath what was recorded, if this is a record
     * @param runs whether there is a column for the run; without it, every chunk is of run 0
     * @throws RiffleException if the file cannot be written; one that is there is replaced
     */
    public ChunkFileWriter(
            Path file, double dt, Optional<String> recordPath, Encapsulation encapsulation, boolean runs) {
        metadata = new LinkedHashMap<>(ChunkEncoder.rasterMetadata(dt));
        recordPath.ifPresent(path -> metadata.put(Formats.RECORD, path));
        this.runs = runs;
        writer = new ArrowFileWriter(file, encapsulation);
    }

    /** What a name's ending stands for. */
    public static Encapsulation encapsulationOf(Path file) {
        String name = file.toString();
        return name.endsWith(".arrow") || name.endsWith(".feather") ? Encapsulation.FILE : Encapsulation.STREAM;
    }

    /** All chunks have the channels of the first; chunks of several streams may come in any order. */
    public void append(Chunk chunk) {
        if (writer.schema() == null) {
            begin(chunk.channels());
        }
        check(chunk);
        byte[] stream = chunk.stream().getBytes(StandardCharsets.UTF_8);
        int row = 0;
        while (row < chunk.steps()) {
            int room = room(stream.length, chunk.channels());
            if (room <= 0) {
                writeBatch();
                room = Math.max(1, room(stream.length, chunk.channels()));
            }
            int count = Math.min(room, chunk.steps() - row);
            pending.add(new Rows(stream, chunk, row, count));
            pendingRows += count;
            pendingText += (long) count * stream.length;
            row += count;
        }
    }

    /** Writes what is left, and the end. */
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
            if (pendingRows > 0) {
                writeBatch();
            }
        });
    }

    private void check(Chunk chunk) {
        int channels = column(Formats.VALUES_COLUMN).listSize();
        if (chunk.channels() != channels) {
            throw new RiffleException(
                    "%s: got %s, expected %d channels as before".formatted(writer.path(), chunk, channels));
        }
        if (chunk.run() > 0 && !runs) {
            throw new RiffleException(
                    "%s: got %s, expected run 0, as the file has no column run".formatted(writer.path(), chunk));
        }
    }

    private Column column(String name) {
        return writer.schema().columns().get(writer.schema().indexOf(name));
    }

    private int room(int name, int channels) {
        long rows = Math.min(BATCH_ROWS, BATCH_VALUES / channels) - pendingRows;
        return (int) (name == 0 ? rows : Math.min(rows, (BATCH_TEXT - pendingText) / name));
    }

    private void begin(int channels) {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.of(Formats.STREAM_COLUMN, ColumnType.UTF8));
        if (runs) {
            columns.add(Column.of(Formats.RUN_COLUMN, ColumnType.INT64));
        }
        columns.add(Column.of(Formats.STEP_COLUMN, ColumnType.INT64));
        columns.add(Column.floats(Formats.VALUES_COLUMN, channels));
        writer.begin(new TableSchema(columns, metadata));
    }

    private void writeBatch() {
        TableSchema schema = writer.schema();
        int step = schema.indexOf(Formats.STEP_COLUMN);
        int values = schema.indexOf(Formats.VALUES_COLUMN);
        long[] texts = new long[schema.columns().size()];
        texts[0] = pendingText;
        BatchLayout layout = new BatchLayout(schema, pendingRows, texts, new long[texts.length]);
        ByteBuffer body =
                ByteBuffer.allocate(Math.toIntExact(layout.bodyLength())).order(ByteOrder.LITTLE_ENDIAN);
        OwnerColumns owners = new OwnerColumns(schema, layout, body);
        int row = 0;
        for (Rows rows : pending) {
            Chunk chunk = rows.chunk();
            owners.add(rows.stream(), chunk.run(), rows.count());
            for (int index = 0; index < rows.count(); index++) {
                body.putLong(
                        layout.position(step, 1) + (row + index) * Long.BYTES, chunk.firstStep() + rows.from() + index);
            }
            int channels = chunk.channels();
            body.position(layout.position(values, 2) + row * channels * Float.BYTES);
            body.asFloatBuffer().put(chunk.values(), rows.from() * channels, rows.count() * channels);
            row += rows.count();
        }
        writer.batch(layout, body);
        pending.clear();
        pendingRows = 0;
        pendingText = 0;
    }

    /** Some rows of a chunk that wait to be written. */
    private record Rows(byte[] stream, Chunk chunk, int from, int count) {}
}
