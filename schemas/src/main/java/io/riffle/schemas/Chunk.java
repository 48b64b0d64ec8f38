package io.riffle.schemas;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.RiffleException;
import java.util.Arrays;

/**
 * Consecutive time-steps of one stream.
 *
 * <p>The array is handed over, not copied: whoever makes a chunk no longer writes to the array, whoever reads one never
 * does.
 *
 * @param stream the stream's name; not empty
 * @param firstStep number of the first step, from 0
 * @param steps number of steps, at least 0
 * @param channels number of channels, at least 1
 * @param values row-major [steps, channels]
 */
public record Chunk(String stream, long firstStep, int steps, int channels, float[] values) {
    public Chunk {
        requireNonNull(stream, "stream is null");
        requireNonNull(values, "values is null");
        if (firstStep < 0 || steps < 0 || firstStep > Long.MAX_VALUE - steps) {
            throw new RiffleException(
                    "chunk of stream '%s' has first step %d and %d steps, expected both from 0 and an end below 2^63"
                            .formatted(stream, firstStep, steps));
        }
        if (channels < 1) {
            throw new RiffleException(
                    "chunk of stream '%s' has %d channels, expected at least 1".formatted(stream, channels));
        }
        if (values.length != (long) steps * channels) {
            throw new RiffleException("chunk of stream '%s' has %d values, expected %d steps x %d channels = %d"
                    .formatted(stream, values.length, steps, channels, (long) steps * channels));
        }
    }

    /** The step after the last one. */
    public long endStep() {
        return firstStep + steps;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Chunk that
                && stream.equals(that.stream)
                && firstStep == that.firstStep
                && steps == that.steps
                && channels == that.channels
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        int hash = stream.hashCode();
        hash = 31 * hash + Long.hashCode(firstStep);
        hash = 31 * hash + channels;
        return 31 * hash + Arrays.hashCode(values);
    }

    /** Short, without the values: {@code Chunk host-1 steps 120..130, f32[10,16]}, the end exclusive. */
    @Override
    public String toString() {
        return "Chunk %s steps %d..%d, f32[%d,%d]".formatted(stream, firstStep, endStep(), steps, channels);
    }
}
