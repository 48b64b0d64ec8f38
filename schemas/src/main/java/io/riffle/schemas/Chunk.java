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
 * @param run which run of the stream, from 0; a higher one starts the stream anew
 * @param firstStep number of the first step, from 0
 * @param steps number of steps, at least 0
 * @param channels number of channels, at least 1
 * @param values row-major [steps, channels]
 */
public record Chunk(String stream, long run, long firstStep, int steps, int channels, float[] values)
        implements Payload {
    public Chunk {
        requireNonNull(stream, "stream is null");
        requireNonNull(values, "values is null");
        if (run < 0) {
            throw new RiffleException("chunk of stream '%s' has run %d, expected 0 or more".formatted(stream, run));
        }
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

    /** A chunk of the first run. */
    public Chunk(String stream, long firstStep, int steps, int channels, float[] values) {
        this(stream, 0, firstStep, steps, channels, values);
    }

    /** The step after the last one. */
    public long endStep() {
        return firstStep + steps;
    }

    /** Whether it has no steps: a sign of life, with the step that the stream has come to. */
    @Override
    public boolean isHeartbeat() {
        return steps == 0;
    }

    /** What is left of it from a step on, which lies in it or at its end. */
    public Chunk from(long step) {
        int cut = (int) (step - firstStep);
        return new Chunk(
                stream, run, step, steps - cut, channels, Arrays.copyOfRange(values, cut * channels, values.length));
    }

    /** A chunk of the same steps with other values. */
    public Chunk withValues(int channels, float[] values) {
        return new Chunk(stream, run, firstStep, steps, channels, values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Chunk that
                && stream.equals(that.stream)
                && run == that.run
                && firstStep == that.firstStep
                && steps == that.steps
                && channels == that.channels
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        int hash = stream.hashCode();
        hash = 31 * hash + Long.hashCode(run);
        hash = 31 * hash + Long.hashCode(firstStep);
        hash = 31 * hash + channels;
        return 31 * hash + Arrays.hashCode(values);
    }

    /** Short, without the values: {@code Chunk host-1 steps 120..130, f32[10,16]}, the end exclusive. */
    @Override
    public String toString() {
        String ofRun = run == 0 ? "" : " run " + run;
        return "Chunk %s%s steps %d..%d, f32[%d,%d]".formatted(stream, ofRun, firstStep, endStep(), steps, channels);
    }
}
