package io.riffle.schemas;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * Chunks of an Arrow file, in IPC file or stream format, {@code raster/1} or {@code events/1}; several streams may be
 * interleaved in it.
 *
 * <p>Read batch by batch: one record batch and the chunk in hand lie in memory. Consecutive rows of one stream become
 * one chunk; where the steps jump, or a batch ends, the next one begins. Whether a jump is allowed is for the caller to
 * say. All chunks have the same channels and dt.
 */
public final class ChunkFileReader implements Iterable<DecodedChunk>, AutoCloseable {
    private final Path file;
    private final FileSource source;
    private final IpcReader reader;
    private final ChunkSchema schema;
    private final ChunkCursor cursor;
    private boolean taken;

    /**
     * @param stream name of the one stream of a file that has no column {@code stream}
     * @throws io.riffle.sim.RiffleException if the file cannot be read
     * @throws BadChunkException if it is not of this format
     */
    public ChunkFileReader(Path file, String stream) {
        requireNonNull(stream, "stream is null");
        this.file = file;
        source = new FileSource(file);
        try {
            reader = named(() -> new IpcReader(source));
            schema = named(
                    () -> ChunkSchema.of(MetadataReader.of(reader.schema()).schema()));
            cursor = named(() -> schema.isRaster()
                    ? new RasterCursor(reader, schema, stream)
                    : new EventsCursor(reader, schema, stream));
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /**
     * The one pass over the file.
     *
     * @throws IllegalStateException if asked for twice
     */
    @Override
    public Iterator<DecodedChunk> iterator() {
        if (taken) {
            throw new IllegalStateException(file + ": is read once; open it again for a second pass");
        }
        taken = true;
        return new Chunks();
    }

    /** Length of a step in seconds, as the schema says. */
    public double dt() {
        return schema.dt();
    }

    /** Channels of every chunk. */
    public int channels() {
        return schema.channels();
    }

    /** Bytes read so far. */
    public long position() {
        return reader.position();
    }

    /** Bytes of the file. */
    public long size() {
        return source.size();
    }

    @Override
    public void close() {
        source.close();
    }

    private <T> T named(Supplier<T> read) {
        try {
            return read.get();
        } catch (BadChunkException e) {
            throw e.at(file.toString());
        }
    }

    private final class Chunks implements Iterator<DecodedChunk> {
        private Chunk next = named(cursor::next);

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public DecodedChunk next() {
            if (next == null) {
                throw new NoSuchElementException(file + ": no more chunks");
            }
            DecodedChunk chunk = new DecodedChunk(next, schema.dt(), schema.recordPath(), schema.format());
            next = named(cursor::next);
            return chunk;
        }
    }
}
