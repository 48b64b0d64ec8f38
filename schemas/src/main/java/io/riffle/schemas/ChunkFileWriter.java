package io.riffle.schemas;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chunks into an Arrow file, {@code raster/1} with a first column {@code stream}.
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

    private static final int STREAM = 0;
    private static final int STEP = 1;
    private static final int VALUES = 2;
    private static final int BATCH_VALUES = 1 << 18;
    private static final int BATCH_ROWS = 1 << 16;
    private static final long BATCH_TEXT = 1 << 26;

    private final Path file;
    private final Map<String, String> metadata;
    private final Encapsulation encapsulation;
    private final FileChannel channel;
    private final List<MetadataWriter.BlockPosition> batches = new ArrayList<>();
    private final List<Rows> pending = new ArrayList<>();
    private int pendingRows;
    private long pendingText;
    private TableSchema schema;
    private boolean closed;

    /** In IPC file format if the name ends in {@code .arrow} or {@code .feather}, else in stream format. */
    public ChunkFileWriter(Path file, double dt) {
        this(file, dt, Optional.empty(), encapsulationOf(file));
    }

    /**
     * @param dt length of a step in seconds
     * @param recordPath what was recorded, if this is a record
     * @throws RiffleException if the file cannot be written; one that is there is replaced
     */
    public ChunkFileWriter(Path file, double dt, Optional<String> recordPath, Encapsulation encapsulation) {
        this.file = requireNonNull(file, "file is null");
        this.encapsulation = requireNonNull(encapsulation, "encapsulation is null");
        metadata = new LinkedHashMap<>(ChunkEncoder.rasterMetadata(dt));
        recordPath.ifPresent(path -> metadata.put(Formats.RECORD, path));
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (NoSuchFileException e) {
            throw new RiffleException(file + ": cannot be written: its folder does not exist", e);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** What a name's ending stands for. */
    public static Encapsulation encapsulationOf(Path file) {
        String name = file.toString();
        return name.endsWith(".arrow") || name.endsWith(".feather") ? Encapsulation.FILE : Encapsulation.STREAM;
    }

    /** All chunks have the channels of the first; chunks of several streams may come in any order. */
    public void append(Chunk chunk) {
        if (schema == null) {
            begin(chunk.channels());
        }
        int channels = schema.columns().get(VALUES).listSize();
        if (chunk.channels() != channels) {
            throw new RiffleException("%s: got %s, expected %d channels as before".formatted(file, chunk, channels));
        }
        byte[] stream = chunk.stream().getBytes(StandardCharsets.UTF_8);
        int row = 0;
        while (row < chunk.steps()) {
            int room = room(stream.length, channels);
            if (room <= 0) {
                writeBatch();
                room = Math.max(1, room(stream.length, channels));
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
        try (channel) {
            if (schema == null) {
                begin(0); // nobody knows how many channels there would have been
            }
            if (pendingRows > 0) {
                writeBatch();
            }
            write(longs(IpcWriter.END_OF_STREAM));
            if (encapsulation == Encapsulation.FILE) {
                byte[] footer = MetadataWriter.footer(schema, batches);
                write(ByteBuffer.allocate(footer.length + Integer.BYTES + 6)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(footer)
                        .putInt(footer.length)
                        .put("ARROW1".getBytes(StandardCharsets.US_ASCII))
                        .flip());
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private int room(int name, int channels) {
        long rows = Math.min(BATCH_ROWS, BATCH_VALUES / channels) - pendingRows;
        return (int) (name == 0 ? rows : Math.min(rows, (BATCH_TEXT - pendingText) / name));
    }

    private void begin(int channels) {
        schema = new TableSchema(
                List.of(
                        Column.of(Formats.STREAM_COLUMN, ColumnType.UTF8),
                        Column.of(Formats.STEP_COLUMN, ColumnType.INT64),
                        Column.floats(Formats.VALUES_COLUMN, channels)),
                metadata);
        if (encapsulation == Encapsulation.FILE) {
            write(longs(IpcReader.FILE_MAGIC));
        }
        write(ByteBuffer.wrap(IpcWriter.envelope(MetadataWriter.schema(schema))));
    }

    private void writeBatch() {
        BatchLayout layout = new BatchLayout(
                schema,
                pendingRows,
                new long[] {pendingText, 0, 0},
                new long[schema.columns().size()]);
        byte[] head = IpcWriter.envelope(MetadataWriter.batch(layout.header(), layout.bodyLength()));
        ByteBuffer body =
                ByteBuffer.allocate(Math.toIntExact(layout.bodyLength())).order(ByteOrder.LITTLE_ENDIAN);
        int row = 0;
        int text = 0;
        for (Rows rows : pending) {
            int channels = rows.chunk().channels();
            for (int index = 0; index < rows.count(); index++) {
                body.put(layout.position(STREAM, 2) + text, rows.stream());
                text += rows.stream().length;
                body.putInt(layout.position(STREAM, 1) + (row + index + 1) * Integer.BYTES, text);
                body.putLong(
                        layout.position(STEP, 1) + (row + index) * Long.BYTES,
                        rows.chunk().firstStep() + rows.from() + index);
            }
            body.position(layout.position(VALUES, 2) + row * channels * Float.BYTES);
            body.asFloatBuffer().put(rows.chunk().values(), rows.from() * channels, rows.count() * channels);
            row += rows.count();
        }
        long position = position();
        write(ByteBuffer.wrap(head));
        write(body.rewind());
        batches.add(new MetadataWriter.BlockPosition(position, head.length, layout.bodyLength()));
        pending.clear();
        pendingRows = 0;
        pendingText = 0;
    }

    private long position() {
        try {
            return channel.position();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void write(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static ByteBuffer longs(long value) {
        return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
    }

    private RiffleException unwritable(IOException e) {
        return new RiffleException("%s: cannot be written: %s".formatted(file, e.getMessage()), e);
    }

    /** Some rows of a chunk that wait to be written. */
    private record Rows(byte[] stream, Chunk chunk, int from, int count) {}
}
