package io.riffle.operators.sequence;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.RiffleException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * How the chunks of every stream are brought into order.
 *
 * @param gap what is done about steps that do not come
 * @param horizon how long early chunks wait for them
 * @param maxGap the most steps that may be missing between two chunks; what lies farther ahead is rejected at once, so
 *     that a wrong step number cannot carry a stream away
 * @param gapTimeout milliseconds by the clock after which a gap counts as one that does not fill, or 0; decisions that it
 *     makes are others when the records are replayed
 * @param timeToLive milliseconds of silence, by the timestamps of the stream's own records, after which it starts anew,
 *     or 0
 */
public record SequenceSettings(GapPolicy gap, Horizon horizon, long maxGap, long gapTimeout, long timeToLive)
        implements Serializable {
    public static final SequenceSettings DEFAULT =
            of(GapPolicy.WAIT, Horizon.ofSteps(100), 60_000, Optional.empty(), Optional.empty());

    public SequenceSettings {
        requireNonNull(gap, "gap is null");
        requireNonNull(horizon, "horizon is null");
        if (maxGap < 1) {
            throw new RiffleException("the largest gap is %d steps, expected at least 1".formatted(maxGap));
        }
        if (gapTimeout < 0 || timeToLive < 0) {
            throw new RiffleException("gap timeout and time to live are %d and %d ms, expected both from 0 (none)"
                    .formatted(gapTimeout, timeToLive));
        }
        if (gapTimeout > 0 && gap == GapPolicy.WAIT) {
            throw new RiffleException(
                    "a gap timeout is given, but the gap policy is wait; expected zeros, hold, reset or reject");
        }
    }

    /**
     * @param gapTimeout at least a millisecond
     * @param timeToLive at least a millisecond
     */
    public static SequenceSettings of(
            GapPolicy gap, Horizon horizon, long maxGap, Optional<Duration> gapTimeout, Optional<Duration> timeToLive) {
        return new SequenceSettings(
                gap,
                horizon,
                maxGap,
                milliseconds("gap timeout", gapTimeout),
                milliseconds("time to live", timeToLive));
    }

    private static long milliseconds(String what, Optional<Duration> duration) {
        if (duration.isEmpty()) {
            return 0;
        }
        long milliseconds = duration.get().toMillis();
        if (milliseconds < 1) {
            throw new RiffleException("the %s is %s, expected at least 1 ms".formatted(what, duration.get()));
        }
        return milliseconds;
    }
}
