package io.riffle.jobs.files;

import io.riffle.schemas.Chunk;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Chunks out of a file, in its order; several streams may alternate. */
public interface ChunkInput extends Iterator<Chunk>, AutoCloseable {
    int channels();

    /** One per channel, or none if the file has none. */
    List<String> names();

    /** Whether chunks may be of another run than the first. */
    boolean hasRuns();

    /** What was recorded, if the file says it; known with the first chunk. */
    Optional<String> recordPath();

    /** The length of a step in seconds, if the file says it. */
    OptionalDouble dt();

    /** How much of the file is read, 0 to 1. */
    double share();

    @Override
    void close();
}
