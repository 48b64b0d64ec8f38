package io.riffle.schemas;

import static java.util.Objects.requireNonNull;

import io.riffle.schemas.ChunkFileWriter.Encapsulation;
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
import java.util.List;

/** Writes an Arrow file: the schema, batches, and the end. */
final class ArrowFileWriter {
    private final Path file;
    private final Encapsulation encapsulation;
    private final FileChannel channel;
    private final List<MetadataWriter.BlockPosition> batches = new ArrayList<>();
    private TableSchema schema;

    /** @throws RiffleException if the file cannot be written; one that is there is replaced */
    ArrowFileWriter(Path file, Encapsulation encapsulation) {
        this.file = requireNonNull(file, "file is null");
        this.encapsulation = requireNonNull(encapsulation, "encapsulation is null");
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (NoSuchFileException e) {
            throw new RiffleException(file + ": cannot be written: its folder does not exist", e);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    Path path() {
        return file;
    }

    /** Null as long as nothing was begun. */
    TableSchema schema() {
        return schema;
    }

    void begin(TableSchema schema) {
        this.schema = schema;
        if (encapsulation == Encapsulation.FILE) {
            write(longs(IpcReader.FILE_MAGIC));
        }
        write(ByteBuffer.wrap(IpcWriter.envelope(MetadataWriter.schema(schema))));
    }

    /** @param body of the layout, little-endian, from 0 to its limit */
    void batch(BatchLayout layout, ByteBuffer body) {
        byte[] head = IpcWriter.envelope(MetadataWriter.batch(layout.header(), layout.bodyLength()));
        long position = position();
        write(ByteBuffer.wrap(head));
        write(body.rewind());
        batches.add(new MetadataWriter.BlockPosition(position, head.length, layout.bodyLength()));
    }

    /** Writes what the caller has left, and the end. */
    void close(Runnable rest) {
        try (channel) {
            rest.run();
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
}
