package io.riffle.jobs.feed;

import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.lifecycle.Stop;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkEncoder;
import io.riffle.schemas.EventsEncoder;
import io.riffle.schemas.Payload;
import io.riffle.schemas.Samples;
import io.riffle.schemas.SamplesEncoder;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Sends a recording into a topic, piece by piece, each when its last step is due.
 *
 * <p>A record's timestamp is the moment at which its first step was due, by the clock on the wall, and not the time at
 * which it was recorded: Kafka deletes by timestamps, and refuses those that lie ahead.
 */
public final class Replay {
    private final Playback playback;
    private final boolean events;
    private final double dt;
    private final Speed speed;
    private final Optional<Duration> duration;

    /** How far a replay has come. */
    public static final class Count {
        private final Set<String> streams = new HashSet<>();
        private long steps;
        private long records;

        public int streams() {
            return streams.size();
        }

        /** Or samples. */
        public long steps() {
            return steps;
        }

        public long records() {
            return records;
        }
    }

    /** Is told about each record. */
    public interface Watch {
        /** @param share of the recording that is replayed, 0 to 1 */
        void at(Count count, double share);
    }

    /**
     * @param dt length of a step in seconds; of samples anything
     * @param duration how long to replay; nothing: to the end
     */
    Replay(Playback playback, boolean events, double dt, Speed speed, Optional<Duration> duration) {
        this.playback = playback;
        this.events = events;
        this.dt = dt;
        this.speed = speed;
        this.duration = duration;
    }

    /** Until the end, or until the stop is wished. */
    Count run(Brokers brokers, String topic, StreamPlaces places, Stop stop, Watch watch) {
        Count count = new Count();
        ChunkEncoder rasters = new ChunkEncoder(dt);
        EventsEncoder sparse = new EventsEncoder(dt);
        double endSeconds = duration.map(time -> time.toNanos() / 1e9).orElse(Double.POSITIVE_INFINITY);
        try (TopicSender sender = new TopicSender(brokers, topic)) {
            OptionalLong start = OptionalLong.empty();
            while (!stop.isWished() && playback.hasNext()) {
                Piece piece = playback.next();
                Payload payload = places.placed(piece.payload());
                // what takes long before the first record is no part of the recording's time
                long startNanos = start.orElseGet(System::nanoTime);
                start = OptionalLong.of(startNanos);
                double due = piece.end() / speed.factor();
                if (due > endSeconds || seconds(startNanos) > endSeconds || !await(due, startNanos, stop)) {
                    break;
                }
                double begin = speed.equals(Speed.MAX) ? seconds(startNanos) : piece.begin() / speed.factor();
                long late = Math.round((seconds(startNanos) - begin) * 1e3);
                sender.send(payload.stream(), encoded(payload, rasters, sparse), System.currentTimeMillis() - late);
                count.streams.add(payload.stream());
                count.records++;
                count.steps += payload instanceof Chunk chunk ? chunk.steps() : ((Samples) payload).size();
                watch.at(count, playback.share());
            }
        }
        return count;
    }

    private byte[] encoded(Payload payload, ChunkEncoder rasters, EventsEncoder sparse) {
        if (payload instanceof Samples samples) {
            return SamplesEncoder.encode(samples);
        }
        Chunk chunk = (Chunk) payload;
        return events ? sparse.encode(chunk) : rasters.encode(chunk);
    }

    /** Returns false if the stop was wished meanwhile. */
    private static boolean await(double due, long startNanos, Stop stop) {
        long nanos = Math.round((due - seconds(startNanos)) * 1e9);
        return nanos <= 0 ? !stop.isWished() : !stop.await(Duration.ofNanos(nanos));
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
