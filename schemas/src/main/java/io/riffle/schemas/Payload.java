package io.riffle.schemas;

/** What a record says about a stream: its steps, or samples that are still to become steps. */
public sealed interface Payload permits Chunk, Samples {
    /** The stream's name; not empty. */
    String stream();

    /** Which run of the stream, from 0; a higher one starts the stream anew. */
    long run();

    /** Whether it holds nothing: a sign of life. */
    boolean isHeartbeat();
}
