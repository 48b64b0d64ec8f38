package io.riffle.operators;

import io.riffle.schemas.Chunk;

/**
 * Recorded state of consecutive steps.
 *
 * @param path what was recorded, such as {@code 1_LIF.vmem}
 * @param chunk its values, all dimensions of a step flattened row-major into channels
 */
public record RecordedChunk(String path, Chunk chunk) {}
