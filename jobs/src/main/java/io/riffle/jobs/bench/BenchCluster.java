package io.riffle.jobs.bench;

import io.riffle.jobs.embedded.EmbeddedServers;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.streaming.Delivery;
import io.riffle.jobs.streaming.FlinkJob;
import io.riffle.jobs.streaming.FlinkSettings;
import io.riffle.jobs.streaming.JobSettings;
import io.riffle.jobs.streaming.JobTopics;
import io.riffle.jobs.streaming.PassThroughJob;
import io.riffle.jobs.streaming.Preset;
import io.riffle.jobs.streaming.RunningJob;
import io.riffle.jobs.streaming.StartFrom;
import io.riffle.jobs.streaming.StateBackend;
import io.riffle.jobs.streaming.StreamingJob;
import io.riffle.operators.Batching;
import io.riffle.operators.NetworkPlan;
import io.riffle.operators.sequence.SequenceSettings;
import io.riffle.sim.RiffleException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Kafka and Flink in this process, and the two jobs that are compared on them, one slice each. */
final class BenchCluster implements AutoCloseable {
    static final String PASS_OUTPUT = "passed";
    static final String NETWORK_OUTPUT = "evolved";
    private static final String REJECTED = "rejected";
    private static final String NOTICES = "notices";

    private final EmbeddedServers servers;
    private final Brokers brokers;
    private final TopicEnd ends;
    private final Batching batching;
    private final Set<String> topics = new HashSet<>();

    private BenchCluster(EmbeddedServers servers, BenchSettings settings) {
        this.servers = servers;
        brokers = new Brokers(servers.kafka().bootstrapServers(), settings.kafka());
        batching = settings.batching();
        ends = new TopicEnd(brokers);
        List.of(PASS_OUTPUT, NETWORK_OUTPUT, REJECTED, NOTICES).forEach(this::create);
    }

    static BenchCluster start(BenchSettings settings) {
        return new BenchCluster(EmbeddedServers.start(0, 0), settings);
    }

    Brokers brokers() {
        return brokers;
    }

    /** Flink's REST address. */
    URI web() {
        return servers.flink().web();
    }

    /** A topic of one partition, so that it has an order; nothing if it is there. */
    void create(String topic) {
        if (topics.add(topic)) {
            servers.kafka().createTopic(topic, 1);
        }
    }

    long end(String topic) {
        return ends.of(topic);
    }

    RunningJob passThrough(String input, Preset preset) {
        return start(new PassThroughJob(
                brokers, input, PASS_OUTPUT, settings("bench pass-through", preset, StateBackend.HASHMAP)));
    }

    RunningJob network(String input, Preset preset, StateBackend backend) {
        NetworkPlan plan = NetworkPlan.of(
                        BenchNetwork.create().module(), OptionalDouble.of(BenchNetwork.DT_SECONDS), List.of(), 0)
                .withBatching(batching);
        JobTopics names = new JobTopics(input, NETWORK_OUTPUT, REJECTED, NOTICES, Optional.empty());
        return start(new StreamingJob(
                brokers, names, plan, SequenceSettings.DEFAULT, settings("bench network", preset, backend)));
    }

    private RunningJob start(FlinkJob job) {
        return RunningJob.start(job, servers.flink().environment(), "the Flink cluster in this process");
    }

    /** At-least-once in all of them, so that each output counts when it comes. */
    private static JobSettings settings(String name, Preset preset, StateBackend backend) {
        return new JobSettings(
                name,
                1,
                Delivery.AT_LEAST_ONCE,
                preset.checkpointInterval(),
                Optional.empty(),
                Optional.empty(),
                StartFrom.EARLIEST,
                new FlinkSettings(backend, Map.of()),
                preset.transfer());
    }

    /** What was rejected is no measurement. */
    void requireNothingRejected() {
        long rejected = end(REJECTED);
        if (rejected > 0) {
            throw new RiffleException("%d records were rejected while measuring, expected none".formatted(rejected));
        }
    }

    /** Waits until a topic has so many records more than {@code before}. */
    long await(String topic, long before, long wanted, RunningJob job) throws InterruptedException {
        return await(topic, before, wanted, job, Long.MAX_VALUE);
    }

    /**
     * Waits until a topic has so many records more than {@code before}, or until a time; gives up when nothing comes for
     * a minute.
     *
     * @return how many it has
     */
    long await(String topic, long before, long wanted, RunningJob job, long untilNanos) throws InterruptedException {
        long seen = -1;
        long patience = System.nanoTime();
        while (true) {
            long now = end(topic) - before;
            if (now >= wanted || System.nanoTime() > untilNanos) {
                return now;
            }
            if (now > seen) {
                seen = now;
                patience = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            } else if (System.nanoTime() > patience) {
                throw new RiffleException(
                        "topic %s got nothing for a minute, after %d of %d records".formatted(topic, now, wanted));
            }
            job.throwIfFailed();
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        ends.close();
        servers.close();
    }
}
