package io.riffle.schemas;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.RiffleException;
import java.util.Arrays;

/**
 * Values of one stream at any times, in any order.
 *
 * <p>The arrays are handed over, not copied.
 *
 * @param stream the stream's name; not empty
 * @param run which run of the stream, from 0; a higher one starts the stream anew
 * @param channels number of channels, at least 1
 * @param times nanoseconds since 1970, each from 0 until {@link #END_OF_TIME}
 * @param values row-major [samples, channels]
 */
public record Samples(String stream, long run, int channels, long[] times, float[] values) implements Payload {
    /** The year 2116: up to here a time and a duration can be added without a second thought. */
    public static final long END_OF_TIME = 1L << 62;

    static final String EXPECTED_TIME = "nanoseconds from 0, which is 1970, until 2^62, which is 2116";

    public Samples {
        requireNonNull(stream, "stream is null");
        requireNonNull(times, "times is null");
        requireNonNull(values, "values is null");
        if (run < 0) {
            throw new RiffleException("samples of stream '%s' have run %d, expected 0 or more".formatted(stream, run));
        }
        if (channels < 1) {
            throw new RiffleException(
                    "samples of stream '%s' have %d channels, expected at least 1".formatted(stream, channels));
        }
        if (values.length != (long) times.length * channels) {
            throw new RiffleException("samples of stream '%s' have %d values, expected %d samples x %d channels = %d"
                    .formatted(stream, values.length, times.length, channels, (long) times.length * channels));
        }
        for (long time : times) {
            if (!isTime(time)) {
                throw new RiffleException(
                        "samples of stream '%s' have one at %d ns, expected %s".formatted(stream, time, EXPECTED_TIME));
            }
        }
    }

    /** Whether it is a time that a sample may have. */
    public static boolean isTime(long nanos) {
        return nanos >= 0 && nanos < END_OF_TIME;
    }

    /** Number of samples. */
    public int size() {
        return times.length;
    }

    @Override
    public boolean isHeartbeat() {
        return times.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Samples that
                && stream.equals(that.stream)
                && run == that.run
                && channels == that.channels
                && Arrays.equals(times, that.times)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        int hash = stream.hashCode();
        hash = 31 * hash + Long.hashCode(run);
        hash = 31 * hash + channels;
        hash = 31 * hash + Arrays.hashCode(times);
        return 31 * hash + Arrays.hashCode(values);
    }

    /** Short, without times and values: {@code Samples host-1, f32[10,16]}. */
    @Override
    public String toString() {
        String ofRun = run == 0 ? "" : " run " + run;
        return "Samples %s%s, f32[%d,%d]".formatted(stream, ofRun, times.length, channels);
    }
}
