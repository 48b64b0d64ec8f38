package io.riffle.schemas;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Chunks into an Arrow file with a column {@code stream}: IPC file format for names that end in .arrow or .feather,
 * else IPC stream format.
 */
public final class ChunkFileWriter implements AutoCloseable {
    /** Which encapsulation. */
    public enum Encapsulation {
        FILE,
        STREAM
    }

    /** Format by the name's ending. */
    public ChunkFileWriter(Path file, double dt) {}

    public ChunkFileWriter(Path file, double dt, Optional<String> recordPath, Encapsulation encapsulation) {}

    /** All chunks have the channels of the first. */
    public void append(Chunk chunk) {
        throw new UnsupportedOperationException();
    }

    /** Writes what is left, and the end. */
    @Override
    public void close() {}
}
