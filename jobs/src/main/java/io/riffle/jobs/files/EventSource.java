package io.riffle.jobs.files;

import java.nio.file.Path;
import java.util.Optional;

/** The events of a camera, one after the other. */
interface EventSource extends AutoCloseable {
    /** For messages. */
    Path file();

    /** The pixels, if the file says it. */
    Optional<SensorSize> sensor();

    /** Goes to the next event; returns false if there is none. */
    boolean next();

    /** Of the event, in microseconds of whatever clock. */
    long micros();

    int x();

    int y();

    /** Whether the pixel became brighter, which is polarity 1, rather than darker, which is 0. */
    boolean brighter();

    /** How much is read, 0 to 1. */
    double share();

    @Override
    void close();
}
