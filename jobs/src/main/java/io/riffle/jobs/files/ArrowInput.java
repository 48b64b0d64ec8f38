package io.riffle.jobs.files;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkFileReader;
import io.riffle.schemas.DecodedChunk;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** An Arrow file, in file or in stream format. */
final class ArrowInput implements ChunkInput {
    private final ChunkFileReader reader;
    private final Iterator<DecodedChunk> chunks;
    private Optional<String> recordPath = Optional.empty();

    ArrowInput(Path file, String stream) {
        reader = new ChunkFileReader(file, stream);
        try {
            chunks = reader.iterator();
        } catch (RuntimeException failed) {
            reader.close();
            throw failed;
        }
    }

    @Override
    public boolean hasNext() {
        return chunks.hasNext();
    }

    @Override
    public Chunk next() {
        DecodedChunk next = chunks.next();
        recordPath = next.recordPath();
        return next.chunk();
    }

    @Override
    public int channels() {
        return reader.channels();
    }

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public boolean hasRuns() {
        return reader.hasRuns();
    }

    @Override
    public Optional<String> recordPath() {
        return recordPath;
    }

    @Override
    public OptionalDouble dt() {
        return OptionalDouble.of(reader.dt());
    }

    @Override
    public boolean isEvents() {
        return reader.isEvents();
    }

    @Override
    public double share() {
        return reader.size() == 0 ? 1 : (double) reader.position() / reader.size();
    }

    @Override
    public void close() {
        reader.close();
    }
}
