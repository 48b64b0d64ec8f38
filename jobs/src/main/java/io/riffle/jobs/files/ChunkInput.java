package io.riffle.jobs.files;

import io.riffle.schemas.Chunk;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalDouble;

/** Chunks out of a file, in its order; several streams may alternate. */
public non-sealed interface ChunkInput extends FileInput, Iterator<Chunk> {
    /** What was recorded, if the file says it; known with the first chunk. */
    Optional<String> recordPath();

    /** The length of a step in seconds, if the file says it or was read by it. */
    OptionalDouble dt();

    /** Whether its values are counts of events, nearly all of them 0. */
    default boolean isEvents() {
        return false;
    }
}
