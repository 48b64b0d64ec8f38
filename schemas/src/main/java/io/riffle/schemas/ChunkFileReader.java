package io.riffle.schemas;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Chunks of an Arrow file, in IPC file or stream format, {@code raster/1} or {@code events/1}; several streams may be
 * interleaved in it.
 *
 * <p>Read batch by batch: one record batch and the chunk in hand lie in memory. Consecutive rows of one stream become
 * one chunk; where the steps jump, or a batch ends, the next one begins. Whether a jump is allowed is for the caller to
 * say. All chunks have the same channels and dt.
 */
public final class ChunkFileReader implements Iterable<DecodedChunk>, AutoCloseable {
    private final ArrowFile file;
    private final ChunkCursor cursor;
    private boolean taken;

    /**
     * @param stream name of the one stream of a file that has no column {@code stream}
     * @throws io.riffle.sim.RiffleException if the file cannot be read
     * @throws BadChunkException if it is not of this format
     */
    public ChunkFileReader(Path file, String stream) {
        requireNonNull(stream, "stream is null");
        this.file = new ArrowFile(file);
        try {
            cursor = cursor(stream);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private ChunkCursor cursor(String stream) {
        if (file.schema().isSamples()) {
            throw file.otherFormat(Formats.RASTER + " or " + Formats.EVENTS);
        }
        return file.named(
                () -> file.schema().isRaster() ? new RasterCursor(file, stream) : new EventsCursor(file, stream));
    }

    /**
     * The one pass over the file.
     *
     * @throws IllegalStateException if asked for twice
     */
    @Override
    public Iterator<DecodedChunk> iterator() {
        if (taken) {
            throw new IllegalStateException(file.path() + ": is read once; open it again for a second pass");
        }
        taken = true;
        return new Chunks();
    }

    /** Length of a step in seconds, as the schema says. */
    public double dt() {
        return file.schema().dt();
    }

    /** Channels of every chunk. */
    public int channels() {
        return file.schema().channels();
    }

    /** Whether it holds {@code events/1}. */
    public boolean isEvents() {
        return !file.schema().isRaster();
    }

    /** Whether chunks may be of another run than the first: the file has a column {@code run}, or is of one. */
    public boolean hasRuns() {
        return file.schema().places().run() >= 0 || file.schema().run() > 0;
    }

    /** Bytes read so far. */
    public long position() {
        return file.position();
    }

    /** Bytes of the file. */
    public long size() {
        return file.size();
    }

    @Override
    public void close() {
        file.close();
    }

    private final class Chunks implements Iterator<DecodedChunk> {
        private Chunk next = file.named(cursor::next);

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public DecodedChunk next() {
            if (next == null) {
                throw new NoSuchElementException(file.path() + ": no more chunks");
            }
            ChunkSchema schema = file.schema();
            DecodedChunk chunk = new DecodedChunk(next, schema.dt(), schema.recordPath(), schema.format());
            next = file.named(cursor::next);
            return chunk;
        }
    }
}
