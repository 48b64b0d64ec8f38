package io.riffle.jobs.feed;

import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.kafka.StreamEnd;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.Payload;
import io.riffle.schemas.Samples;
import io.riffle.sim.RiffleException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a recording goes in streams that the topic may hold already: into a new run of them, or behind their last steps.
 */
final class StreamPlaces {
    private final Brokers brokers;
    private final String topic;
    private final double dt;
    private final boolean goOn;
    private final Map<String, Place> places = new HashMap<>();

    /** What is added to the runs and the steps of a stream. */
    private record Place(long runs, long steps) {}

    /** @param goOn whether the streams go on, rather than starting a new run */
    StreamPlaces(Brokers brokers, String topic, double dt, boolean goOn) {
        this.brokers = brokers;
        this.topic = topic;
        this.dt = dt;
        this.goOn = goOn;
    }

    /** Looks these up together, which is faster than one after the other. */
    void expect(Map<String, Payload> firsts) {
        Map<String, StreamEnd> ends = StreamEnd.find(brokers, topic, Set.copyOf(firsts.keySet()));
        firsts.forEach((stream, first) -> places.put(stream, place(first, Optional.ofNullable(ends.get(stream)))));
    }

    private Place place(Payload first, Optional<StreamEnd> end) {
        if (end.isEmpty()) {
            return new Place(0, 0);
        }
        long run = end.get().run();
        if (!goOn) {
            return new Place(Math.max(0, run + 1 - first.run()), 0);
        }
        long steps = 0;
        if (first instanceof Chunk chunk && end.get().chunk().isPresent()) {
            requireSameKind(chunk, end.get());
            steps = end.get().chunk().get().chunk().endStep() - chunk.firstStep();
        }
        return new Place(run - first.run(), steps);
    }

    private void requireSameKind(Chunk chunk, StreamEnd end) {
        int channels = end.chunk().orElseThrow().chunk().channels();
        double other = end.chunk().orElseThrow().dt();
        if (channels != chunk.channels() || other != dt) {
            throw new RiffleException(
                    "stream %s in topic %s has %d channels and dt %s s, what is fed has %d channels and dt %s s: give it another name with --stream"
                            .formatted(chunk.stream(), topic, channels, other, chunk.channels(), dt));
        }
    }

    Payload placed(Payload payload) {
        if (!places.containsKey(payload.stream())) {
            expect(Map.of(payload.stream(), payload));
        }
        Place place = places.get(payload.stream());
        long run = payload.run() + place.runs();
        if (payload instanceof Chunk chunk) {
            return new Chunk(
                    chunk.stream(),
                    run,
                    chunk.firstStep() + place.steps(),
                    chunk.steps(),
                    chunk.channels(),
                    chunk.values());
        }
        Samples samples = (Samples) payload;
        return new Samples(samples.stream(), run, samples.channels(), samples.times(), samples.values());
    }
}
