package io.riffle.schemas;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.RiffleException;

/**
 * Sparse events of one stream over consecutive steps; a step without an event is silent.
 *
 * <p>The arrays are handed over, not copied.
 *
 * @param run which run of the stream, from 0
 * @param steps number of steps, at least 0
 * @param step step number per event, ascending (equal ones allowed), within firstStep until firstStep + steps
 * @param channel channel per event, from 0 until channels
 * @param count what is added to (step, channel), finite; several events of one cell add up
 */
public record Events(
        String stream, long run, long firstStep, int steps, int channels, long[] step, int[] channel, float[] count) {
    public Events {
        requireNonNull(stream, "stream is null");
        requireNonNull(step, "step is null");
        requireNonNull(channel, "channel is null");
        requireNonNull(count, "count is null");
        if (run < 0 || firstStep < 0 || steps < 0 || firstStep > Long.MAX_VALUE - steps || channels < 1) {
            throw new RiffleException(
                    "events of stream '%s' have run %d, first step %d, %d steps, %d channels, expected run, first step and steps from 0, at least 1 channel"
                            .formatted(stream, run, firstStep, steps, channels));
        }
        if (step.length != channel.length || step.length != count.length) {
            throw new RiffleException(
                    "events of stream '%s' have %d steps, %d channels, %d counts, expected as many of each"
                            .formatted(stream, step.length, channel.length, count.length));
        }
    }

    /** Events of the first run. */
    public Events(String stream, long firstStep, int steps, int channels, long[] step, int[] channel, float[] count) {
        this(stream, 0, firstStep, steps, channels, step, channel, count);
    }

    /** The values of a chunk that are not zero. */
    public static Events of(Chunk chunk) {
        float[] values = chunk.values();
        int size = 0;
        for (float value : values) {
            size += value != 0 ? 1 : 0;
        }
        long[] step = new long[size];
        int[] channel = new int[size];
        float[] count = new float[size];
        int event = 0;
        for (int cell = 0; cell < values.length; cell++) {
            if (values[cell] != 0) {
                step[event] = chunk.firstStep() + cell / chunk.channels();
                channel[event] = cell % chunk.channels();
                count[event++] = values[cell];
            }
        }
        return new Events(
                chunk.stream(), chunk.run(), chunk.firstStep(), chunk.steps(), chunk.channels(), step, channel, count);
    }

    @Override
    public String toString() {
        return "Events %s steps %d..%d, %d channels, %d events"
                .formatted(stream, firstStep, firstStep + steps, channels, step.length);
    }
}
