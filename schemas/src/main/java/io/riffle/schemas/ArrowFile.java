package io.riffle.schemas;

import java.nio.file.Path;
import java.util.function.Supplier;

/** An open Arrow file of steps or samples: its schema, and its batches one after the other. */
final class ArrowFile implements AutoCloseable {
    private final Path file;
    private final FileSource source;
    private final IpcReader reader;
    private final ChunkSchema schema;

    /**
     * @throws io.riffle.sim.RiffleException if the file cannot be read
     * @throws BadChunkException if it is not of our formats
     */
    ArrowFile(Path file) {
        this.file = file;
        source = new FileSource(file);
        try {
            reader = named(() -> new IpcReader(source));
            schema = named(
                    () -> ChunkSchema.of(MetadataReader.of(reader.schema()).schema()));
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    Path path() {
        return file;
    }

    ChunkSchema schema() {
        return schema;
    }

    /** The next batch, or null at the end. */
    RecordBatch next() {
        return reader.next(schema.table());
    }

    /** Bytes read so far. */
    long position() {
        return reader.position();
    }

    long size() {
        return source.size();
    }

    /** What it reads, its mistakes told with the name of the file. */
    <T> T named(Supplier<T> read) {
        try {
            return read.get();
        } catch (BadChunkException e) {
            throw e.at(file.toString());
        }
    }

    BadChunkException otherFormat(String expected) {
        return new BadChunkException(
                RejectReason.WRONG_SCHEMA, "%s: it holds %s, expected %s".formatted(file, schema.format(), expected));
    }

    @Override
    public void close() {
        source.close();
    }
}
