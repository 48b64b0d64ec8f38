package io.riffle.operators.elements;

/**
 * A record to be written.
 *
 * @param key the stream's name in UTF-8, or null
 * @param timestamp event time of the first step in milliseconds since 1970
 */
public record OutboundRecord(byte[] key, byte[] value, long timestamp) {}
