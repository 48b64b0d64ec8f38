package io.riffle.jobs.files;

import io.riffle.schemas.Samples;
import java.util.Iterator;
import java.util.List;

/** Samples out of a file, in its order, record by record; several streams may alternate. */
public interface SampleInput extends Iterator<Samples>, AutoCloseable {
    int channels();

    /** One per channel, or none if the file has none. */
    List<String> names();

    /** Whether samples may be of another run than the first. */
    boolean hasRuns();

    /** How much of the file is read, 0 to 1. */
    double share();

    @Override
    void close();
}
