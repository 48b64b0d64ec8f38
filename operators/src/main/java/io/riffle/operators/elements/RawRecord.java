package io.riffle.operators.elements;

import static java.util.Objects.requireNonNull;

/**
 * A record as it came: where it was, when, and its bytes.
 *
 * @param timestamp event time in milliseconds since 1970
 * @param key the stream's name in UTF-8, or null
 * @param value the bytes of one chunk, or null
 */
public record RawRecord(String topic, int partition, long offset, long timestamp, byte[] key, byte[] value) {
    public RawRecord {
        requireNonNull(topic, "topic is null");
    }
}
