package io.riffle.jobs.files;

import java.util.List;

/** What is read out of a file, piece by piece: its steps, or its samples at any times. */
public sealed interface FileInput extends AutoCloseable permits ChunkInput, SampleInput {
    int channels();

    /** One per channel, or none if the file has none. */
    List<String> names();

    /** Whether there may be another run than the first. */
    boolean hasRuns();

    /** How much of the file is read, 0 to 1; of what comes through a pipe 0, as nobody knows. */
    double share();

    @Override
    void close();
}
