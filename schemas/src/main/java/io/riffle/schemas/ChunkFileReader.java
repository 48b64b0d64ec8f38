package io.riffle.schemas;

import java.nio.file.Path;
import java.util.Iterator;

/** Chunks of an Arrow IPC file or stream, batch by batch. */
public final class ChunkFileReader implements Iterable<DecodedChunk>, AutoCloseable {
    /**
     * @param stream name of the one stream of a file that has no column {@code stream}
     * @throws io.riffle.sim.RiffleException if the file cannot be read
     * @throws BadChunkException if it is not of this format
     */
    public ChunkFileReader(Path file, String stream) {}

    /** The one pass over the file. */
    @Override
    public Iterator<DecodedChunk> iterator() {
        throw new UnsupportedOperationException();
    }

    /** Length of a step in seconds, as the schema says. */
    public double dt() {
        throw new UnsupportedOperationException();
    }

    /** Channels of every chunk. */
    public int channels() {
        throw new UnsupportedOperationException();
    }

    /** Bytes read so far. */
    public long position() {
        throw new UnsupportedOperationException();
    }

    /** Bytes of the file. */
    public long size() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
