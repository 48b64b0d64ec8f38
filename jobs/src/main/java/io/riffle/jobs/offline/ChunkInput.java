package io.riffle.jobs.offline;

import io.riffle.schemas.Chunk;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/** Chunks out of a file, in its order; several streams may alternate. */
interface ChunkInput extends Iterator<Chunk>, AutoCloseable {
    /**
     * By the name's ending: CSV, else Arrow.
     *
     * @param stream the name of the one stream of a file that names none
     * @param nextSteps where a stream stands, for files without steps
     */
    static ChunkInput open(Path file, String stream, ToLongFunction<String> nextSteps) {
        return SampleInput.isCsv(file) ? new CsvInput(file, stream, nextSteps) : new ArrowInput(file, stream);
    }

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
