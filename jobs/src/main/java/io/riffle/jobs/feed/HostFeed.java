package io.riffle.jobs.feed;

import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.kafka.StreamEnd;
import io.riffle.jobs.lifecycle.Stop;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkEncoder;
import io.riffle.schemas.DecodedChunk;
import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Samples this machine's sensors at a fixed rate and writes them, chunk by chunk, as one stream into a topic.
 *
 * <p>The step number is elapsed time divided by dt, always: a sample that comes too late is taken for lost, its step
 * repeats the values before it, and that is counted. A stream that the topic holds already is continued.
 */
public final class HostFeed {
    private final Brokers brokers;
    private final String topic;
    private final FeedSettings settings;
    private final HostSensors sensors;

    public HostFeed(Brokers brokers, String topic, FeedSettings settings, HostSensors sensors) {
        this.brokers = brokers;
        this.topic = topic;
        this.settings = settings;
        this.sensors = sensors;
    }

    /** Feeds until the stop is wished, or the settings' duration is over. The last, incomplete chunk is sent as well. */
    public FeedProgress run(Stop stop, Consumer<FeedProgress> listener) {
        int channels = sensors.channels().size();
        long firstStep = nextStep(channels);
        long steps = settings.duration()
                .map(duration -> Math.round(duration.toNanos() / 1e9 / settings.dt()))
                .orElse(Long.MAX_VALUE - firstStep);
        ChunkEncoder encoder = new ChunkEncoder(settings.dt());
        try (TopicSender sender = new TopicSender(brokers, topic)) {
            StepClock clock = new StepClock(settings.dt());
            Pace report = new Pace(Duration.ofSeconds(1).toMillis());
            float[] values = new float[channels];
            float[] chunk = new float[settings.chunkSteps() * channels];
            long repeated = 0;
            int filled = 0;
            long step = 0;
            for (; step < steps && !stop.isWished(); step++) {
                if (clock.isOver(step) && step > 0) {
                    repeated++;
                } else {
                    clock.await(step);
                    sensors.sample(values);
                }
                System.arraycopy(values, 0, chunk, filled++ * channels, channels);
                if (filled == settings.chunkSteps()) {
                    Chunk full = chunk(firstStep + step + 1, filled, channels, chunk);
                    sender.send(settings.stream(), encoder.encode(full), clock.wallMillis(step + 1 - filled));
                    filled = 0;
                }
                if (report.isDue(System.nanoTime())) {
                    listener.accept(new FeedProgress(firstStep, step + 1, repeated, values.clone()));
                }
            }
            if (filled > 0) {
                Chunk rest = chunk(firstStep + step, filled, channels, chunk);
                sender.send(settings.stream(), encoder.encode(rest), clock.wallMillis(step - filled));
            }
            return new FeedProgress(firstStep, step, repeated, values);
        }
    }

    /** The values are copied, because the array is filled again while the producer may still hold the last ones. */
    private Chunk chunk(long endStep, int steps, int channels, float[] values) {
        return new Chunk(settings.stream(), endStep - steps, steps, channels, Arrays.copyOf(values, steps * channels));
    }

    private long nextStep(int channels) {
        Optional<DecodedChunk> last = Optional.ofNullable(StreamEnd.find(brokers, topic, Set.of(settings.stream()))
                        .get(settings.stream()))
                .flatMap(StreamEnd::chunk);
        last.ifPresent(found -> requireSameKind(found, channels));
        return last.map(found -> found.chunk().endStep()).orElse(0L);
    }

    private void requireSameKind(DecodedChunk last, int channels) {
        if (last.chunk().channels() != channels || last.dt() != settings.dt()) {
            throw new RiffleException(
                    "stream %s in topic %s has %d channels and dt %s s, this feed has %d channels and dt %s s: give it another name with --stream"
                            .formatted(
                                    settings.stream(),
                                    topic,
                                    last.chunk().channels(),
                                    last.dt(),
                                    channels,
                                    settings.dt()));
        }
    }
}
