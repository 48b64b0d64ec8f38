package io.riffle.operators.raster;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.RiffleException;
import java.io.Serializable;
import java.time.Duration;

/**
 * How samples become steps.
 *
 * @param rule what a step is given
 * @param lateness milliseconds that a sample may be older than the latest one of its stream
 * @param maxGap the most silent steps in a row that are filled by the rule; the steps of a longer silence are missing
 * @param timeToLive milliseconds of silence, by the timestamps of the stream's own records, after which it starts anew,
 *     or 0
 */
public record RasterSettings(RasterRule rule, long lateness, long maxGap, long timeToLive) implements Serializable {
    private static final long MOST = 1L << 40;

    public RasterSettings {
        requireNonNull(rule, "rule is null");
        if (lateness < 0 || lateness > MOST || timeToLive < 0) {
            throw new RiffleException(
                    "lateness and time to live are %d and %d ms, expected both from 0".formatted(lateness, timeToLive));
        }
        if (maxGap < 1 || maxGap > MOST) {
            throw new RiffleException(
                    "the largest gap is %d steps, expected at least 1 and at most %d".formatted(maxGap, MOST));
        }
    }

    /** Of streams that are never forgotten. */
    public static RasterSettings of(RasterRule rule, Duration lateness, long maxGap) {
        return new RasterSettings(rule, lateness.toMillis(), maxGap, 0);
    }
}
