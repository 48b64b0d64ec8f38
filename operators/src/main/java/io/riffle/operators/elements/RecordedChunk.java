package io.riffle.operators.elements;

import io.riffle.schemas.Chunk;

/**
 * Recorded state of consecutive steps.
 *
 * @param path what was recorded, such as {@code 1_LIF.vmem}
 * @param chunk its values, all dimensions of a step flattened row-major into channels
 * @param timestamp event time of the first step in milliseconds since 1970
 */
public record RecordedChunk(String path, Chunk chunk, long timestamp) {}
