package io.riffle.operators.elements;

import io.riffle.schemas.Chunk;

/**
 * What the modules are given: a chunk that goes on where its stream ended, or the word that the stream is forgotten.
 *
 * <p>The values of the chunk are lent: behind a module, its next output lies in the same array. Whoever keeps them for
 * longer than it takes to process the record copies them.
 *
 * @param chunk without steps it is a sign of life that changes nothing
 * @param timestamp event time of the first step in milliseconds since 1970
 * @param kind what it is
 * @param fresh whether the state of the stream starts anew before this chunk
 * @param record the record that it came in, or that made it necessary
 */
public record Admitted(Chunk chunk, long timestamp, Kind kind, boolean fresh, RawRecord record) {
    /** What a chunk is to the modules. */
    public enum Kind {
        /** Steps that the sensor sent. */
        SENT,
        /** Steps in place of missing ones. */
        FILLED,
        /** No steps; the state of the stream is to be removed. */
        FORGET
    }

    public String stream() {
        return chunk.stream();
    }

    /** The same for the next module, with what this one made of it. */
    public Admitted with(Chunk evolved) {
        return new Admitted(evolved, timestamp, kind, fresh, record);
    }
}
