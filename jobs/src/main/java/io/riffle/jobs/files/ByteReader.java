package io.riffle.jobs.files;

import io.riffle.sim.RiffleException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The bytes of a file, or of standard input, from the first to the last one. */
final class ByteReader implements AutoCloseable {
    private static final Path STANDARD_INPUT = Path.of("-");
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final long size;
    private final Counted counted;
    private final BufferedInputStream stream;

    /** @param file a name, or {@code -} for standard input */
    static ByteReader open(Path file) {
        if (isStandardInput(file)) {
            return new ByteReader(shown(file), System.in, 0);
        }
        try {
            return new ByteReader(file, Files.newInputStream(file), Files.size(file));
        } catch (NoSuchFileException missing) {
            throw new RiffleException("%s does not exist".formatted(file));
        } catch (IOException failed) {
            throw unreadable(file, failed);
        }
    }

    /**
     * @param file for messages
     * @param size of the stream, 0 if nobody knows
     */
    ByteReader(Path file, InputStream stream, long size) {
        this.file = file;
        this.size = size;
        counted = new Counted(stream);
        this.stream = new BufferedInputStream(counted, BUFFER);
    }

    static boolean isStandardInput(Path file) {
        return file.equals(STANDARD_INPUT);
    }

    /** What messages call it. */
    static Path shown(Path file) {
        return isStandardInput(file) ? Path.of("standard input") : file;
    }

    /** For messages. */
    Path file() {
        return file;
    }

    InputStream stream() {
        return stream;
    }

    /** The next bytes, which are read again later; fewer at the end. */
    byte[] peek(int count) {
        try {
            stream.mark(count);
            byte[] bytes = stream.readNBytes(count);
            stream.reset();
            return bytes;
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    /**
     * The next bytes, little-endian.
     *
     * @throws RiffleException if there are fewer
     */
    ByteBuffer read(int count, String what) {
        ByteBuffer bytes = readUpTo(count);
        if (bytes.remaining() < count) {
            throw new RiffleException(
                    "%s ends within %s: %d of %d bytes are there".formatted(file, what, bytes.remaining(), count));
        }
        return bytes;
    }

    /** The next bytes, little-endian; fewer at the end. No more is allocated than is there. */
    ByteBuffer readUpTo(int count) {
        try {
            return ByteBuffer.wrap(stream.readNBytes(count)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    /** How much is read, 0 to 1; of standard input 0. */
    double share() {
        return size == 0 ? 0 : Math.min(1, (double) counted.count / size);
    }

    /** A file with all that is left, for formats that are not read from front to back. */
    Path spooled() {
        try {
            Path copy = Files.createTempFile("riffle-", ".input");
            copy.toFile().deleteOnExit();
            Files.copy(stream, copy, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    RiffleException unreadable(Exception failed) {
        return unreadable(file, failed);
    }

    static RiffleException unreadable(Path file, Exception failed) {
        return new RiffleException("%s cannot be read: %s".formatted(file, failed.getMessage()), failed);
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count += next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
