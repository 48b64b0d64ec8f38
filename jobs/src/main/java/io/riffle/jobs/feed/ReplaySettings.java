package io.riffle.jobs.feed;

import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a recording is replayed.
 *
 * @param chunk steps, or samples, of a record; absent: as many as are 50 ms
 * @param loop whether it begins anew at its end
 * @param copies of each stream, with numbers behind its name; absent: the streams of the file
 * @param offset from where one copy begins to where the next one does
 * @param goOn whether streams that the topic holds go on, rather than starting a new run
 * @param duration how long to replay; absent: to the end
 */
public record ReplaySettings(
        OptionalInt chunk,
        Speed speed,
        boolean loop,
        OptionalInt copies,
        Duration offset,
        boolean goOn,
        Optional<Duration> duration) {
    private static final double RECORD_SECONDS = 0.05;
    private static final int MOST_STEPS = 10_000;
    private static final int MOST_VALUES = 1 << 17;
    private static final int MOST_COPIES = 100_000;

    public ReplaySettings {
        if (chunk.isPresent() && (chunk.getAsInt() < 1 || chunk.getAsInt() > MOST_STEPS)) {
            throw new RiffleException("a record of %d steps, expected 1 to %d".formatted(chunk.getAsInt(), MOST_STEPS));
        }
        if (copies.isPresent() && (copies.getAsInt() < 1 || copies.getAsInt() > MOST_COPIES)) {
            throw new RiffleException("%d streams, expected 1 to %d".formatted(copies.getAsInt(), MOST_COPIES));
        }
        if (copies.isEmpty() && !offset.isZero()) {
            throw new RiffleException("an offset between streams needs several of them, expected --streams N as well");
        }
    }

    int chunkSteps(double dt, int channels) {
        int steps = chunk.orElseGet(() -> (int) Math.min(MOST_STEPS, Math.max(1, Math.round(RECORD_SECONDS / dt))));
        return chunk.isPresent() ? steps : Math.max(1, Math.min(steps, MOST_VALUES / channels));
    }
}
