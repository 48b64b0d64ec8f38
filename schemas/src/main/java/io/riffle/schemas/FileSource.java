package io.riffle.schemas;

import io.riffle.sim.RiffleException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file; each part is read when asked for. */
final class FileSource implements Source, AutoCloseable {
    /** One part is one batch, and lies in memory as a whole. */
    private static final long MAX_PART = 1L << 29;

    private final Path file;
    private final FileChannel channel;
    private final long size;

    FileSource(Path file) {
        this.file = file;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            size = channel.size();
        } catch (NoSuchFileException e) {
            throw new RiffleException(file + ": no such file", e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public ByteBuffer read(long position, long length) {
        Source.checkWithin(position, length, size);
        if (length > MAX_PART) {
            throw new BadChunkException(
                    RejectReason.TOO_LARGE,
                    "a record batch has %d bytes, expected at most %d; write smaller ones (pyarrow: max_chunksize)"
                            .formatted(length, MAX_PART));
        }
        ByteBuffer part = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        try {
            while (part.hasRemaining()) {
                if (channel.read(part, position + part.position()) < 0) {
                    throw new EOFException("it became shorter while it was read");
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return part.flip();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private RiffleException unreadable(IOException e) {
        return new RiffleException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
}
