package io.riffle.integration.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.integration.cluster.Patience;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.kafka.TopicTail;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.sim.Module;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads an output topic while it grows, seeing only what was committed, and holds each step of each stream against the
 * network offline.
 */
public final class Witness implements AutoCloseable {
    private final Brokers brokers;
    private final String topic;
    private final Module network;
    private final long stepsEach;
    private final Map<String, Offline> offline = new HashMap<>();
    private final Map<String, Long> nextSteps = new ConcurrentHashMap<>();
    private final Map<String, Long> newest = new ConcurrentHashMap<>(); // record timestamps
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "witness");
    private volatile boolean ending;
    private volatile Seen seen = new Seen(0, 0, 0, 0, 0);

    /** Of streams without end. */
    public Witness(Brokers brokers, String topic, Module network) {
        this(brokers, topic, network, Long.MAX_VALUE);
    }

    /** @param stepsEach the whole life of a stream, after which the witness remembers nothing of it */
    public Witness(Brokers brokers, String topic, Module network, long stepsEach) {
        this.brokers = brokers;
        this.topic = topic;
        this.network = network;
        this.stepsEach = stepsEach;
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * What was seen so far.
     *
     * @param records in the topic
     * @param steps of all streams, those that came again not counted
     * @param repeated steps that had come before
     * @param missing steps before one that came
     * @param wrong steps whose bits are not those of the network
     */
    public record Seen(long records, long steps, long repeated, long missing, long wrong) {}

    public Seen seen() {
        throwIfFailed();
        return seen;
    }

    /** Waits until there is output of all streams for input that was sent after a time, in ms since 1970. */
    public void awaitOutputAfter(List<String> streams, long timestamp, Duration atMost) {
        Patience.await("output of all streams, of which %d steps came before".formatted(seen().steps), atMost, () -> {
            throwIfFailed();
            return streams.stream().allMatch(stream -> newest.getOrDefault(stream, 0L) > timestamp);
        });
    }

    /** Waits until all steps of all streams have come. */
    public void awaitSteps(List<String> streams, long steps, Duration atMost) {
        Patience.await("the last of %d steps of all streams".formatted(steps), atMost, () -> {
            throwIfFailed();
            return streams.stream().allMatch(stream -> nextSteps.getOrDefault(stream, 0L) >= steps);
        });
    }

    /** Waits until so many steps have come, of all streams together. */
    public void awaitAll(long steps, Duration atMost) {
        Patience.await("the last of %d steps".formatted(steps), atMost, () -> seen().steps() >= steps);
    }

    /** Every step is there once, with the bits of the network offline. */
    public void assertExactlyOnce() {
        Seen all = seen();
        assertThat(all.repeated()).as("steps that came twice, of %s", all).isZero();
        assertAtLeastOnce();
    }

    /** Every step is there, and each time with the bits of the network offline. */
    public void assertAtLeastOnce() {
        Seen all = seen();
        assertThat(all.missing()).as("steps that are missing, of %s", all).isZero();
        assertThat(all.wrong()).as("steps that are wrong, of %s", all).isZero();
    }

    @Override
    public void close() {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void throwIfFailed() {
        if (failure.get() != null) {
            throw new AssertionError("the witness failed", failure.get());
        }
    }

    private void run() {
        try (TopicTail tail = new TopicTail(brokers, List.of(topic), true)) {
            while (!ending) {
                tail.poll(Duration.ofMillis(20)).forEach(this::see);
            }
        } catch (Throwable failed) {
            failure.set(failed);
        }
    }

    private void see(ConsumerRecord<String, byte[]> record) {
        String stream = record.key();
        Chunk chunk = ChunkDecoder.anything().decode(stream, record.value());
        long next = nextSteps.getOrDefault(stream, 0L);
        long repeated = Math.max(0, Math.min(chunk.endStep(), next) - chunk.firstStep());
        long missing = Math.max(0, chunk.firstStep() - next);
        seen = new Seen(
                seen.records + 1,
                seen.steps + chunk.steps() - repeated,
                seen.repeated + repeated,
                seen.missing + missing,
                seen.wrong + wrong(chunk));
        if (chunk.endStep() >= stepsEach) {
            nextSteps.remove(stream);
            newest.remove(stream);
            offline.remove(stream);
        } else {
            nextSteps.put(stream, Math.max(next, chunk.endStep()));
            newest.merge(stream, record.timestamp(), Math::max);
        }
    }

    private int wrong(Chunk chunk) {
        float[] expected = offline.computeIfAbsent(
                        chunk.stream(), stream -> new Offline(network, NoisyNetwork.SEED, stream))
                .output(chunk.firstStep(), chunk.endStep());
        int wrong = 0;
        for (int step = 0; step < chunk.steps(); step++) {
            int from = step * chunk.channels();
            int to = from + chunk.channels();
            if (Arrays.mismatch(expected, from, to, chunk.values(), from, to) >= 0) {
                wrong++;
            }
        }
        return wrong;
    }
}
