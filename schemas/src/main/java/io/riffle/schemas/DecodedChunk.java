package io.riffle.schemas;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A chunk with what its schema says about it.
 *
 * @param dt length of a step in seconds
 * @param recordPath what was recorded, such as {@code 1_LIF.vmem}; absent for input and output
 * @param format {@code raster/1} or {@code events/1}
 */
public record DecodedChunk(Chunk chunk, double dt, Optional<String> recordPath, String format) {
    public DecodedChunk {
        requireNonNull(chunk, "chunk is null");
        requireNonNull(recordPath, "recordPath is null");
        requireNonNull(format, "format is null");
    }
}
