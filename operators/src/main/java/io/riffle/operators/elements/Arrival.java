package io.riffle.operators.elements;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.Payload;

/**
 * What a record said about its stream, well-formed.
 *
 * @param record that it came in
 * @param derived whether it was worked out of the record, and is not what decoding the record gives
 */
public record Arrival(Payload payload, RawRecord record, boolean derived) {
    /** What decoding a record gives. */
    public Arrival(Payload payload, RawRecord record) {
        this(payload, record, false);
    }

    public String stream() {
        return payload.stream();
    }

    /** The chunk, where samples have become chunks. */
    public Chunk chunk() {
        return (Chunk) payload;
    }
}
