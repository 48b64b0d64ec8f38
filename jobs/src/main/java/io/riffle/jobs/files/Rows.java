package io.riffle.jobs.files;

import java.util.OptionalDouble;

/** Rows of values, a row for each step, read from the first to the last one. */
interface Rows extends AutoCloseable {
    /** Whether the streams have numbers, as they stand one after the other in one array. */
    boolean isBatch();

    /** How many streams follow each other, each with as many rows. */
    int streams();

    int channels();

    /**
     * Reads the next rows of the stream that is read.
     *
     * @param values where they go, from 0 on
     * @param most rows
     * @return how many there were; 0 at the end of a stream, behind which the next one begins
     */
    int read(float[] values, int most);

    /** The length of a step in seconds, if it is known. */
    OptionalDouble dt();

    /** How much is read, 0 to 1. */
    double share();

    @Override
    void close();
}
