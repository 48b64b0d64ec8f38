package io.riffle.operators;

/**
 * A record as it came: where it was, and its bytes.
 *
 * @param key the stream's name in UTF-8, or null
 * @param value the bytes of one chunk, or null
 */
public record RawRecord(String topic, int partition, long offset, byte[] key, byte[] value) {}
