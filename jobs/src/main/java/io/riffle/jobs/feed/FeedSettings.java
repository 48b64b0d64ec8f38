package io.riffle.jobs.feed;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.util.Optional;

/**
 * How a feed samples and names its stream.
 *
 * @param dt length of a step in seconds
 * @param chunkSteps steps per record
 * @param duration how long to feed; nothing: until stopped
 */
public record FeedSettings(String stream, double dt, int chunkSteps, Optional<Duration> duration) {
    private static final double MAX_RATE_HZ = 1_000;
    private static final int MAX_CHUNK_STEPS = 10_000;

    public FeedSettings {
        requireNonNull(duration, "duration is null");
        if (stream.isBlank()) {
            throw new RiffleException("the stream has an empty name");
        }
        if (!(dt > 0 && 1 / dt > 0 && 1 / dt <= MAX_RATE_HZ)) {
            throw new RiffleException("rate %s Hz, expected more than 0 and at most %s".formatted(1 / dt, MAX_RATE_HZ));
        }
        if (chunkSteps < 1 || chunkSteps > MAX_CHUNK_STEPS) {
            throw new RiffleException("chunk of %d steps, expected 1 to %d".formatted(chunkSteps, MAX_CHUNK_STEPS));
        }
    }

    /** Samples per second. */
    public double rateHz() {
        return 1 / dt;
    }
}
