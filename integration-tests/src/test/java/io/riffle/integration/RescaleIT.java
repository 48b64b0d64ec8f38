package io.riffle.integration;

import io.riffle.integration.load.Load;
import io.riffle.integration.load.NoisyNetwork;
import io.riffle.integration.load.Witness;
import io.riffle.jobs.embedded.EmbeddedFlink;
import io.riffle.jobs.embedded.EmbeddedKafka;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.streaming.Delivery;
import io.riffle.jobs.streaming.FlinkSettings;
import io.riffle.jobs.streaming.JobSettings;
import io.riffle.jobs.streaming.JobTopics;
import io.riffle.jobs.streaming.RunningJob;
import io.riffle.jobs.streaming.StartFrom;
import io.riffle.jobs.streaming.StateBackend;
import io.riffle.jobs.streaming.StreamingJob;
import io.riffle.operators.NetworkPlan;
import io.riffle.operators.sequence.SequenceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job goes on in more slices, and in fewer, while its sensors send: no step is lost, none differs by a bit. */
class RescaleIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int STREAMS = 12;

    @ParameterizedTest
    @EnumSource
    void goesOnInOneSliceInTwoAndInOne(StateBackend backend, @TempDir Path folder) {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedFlink flink = EmbeddedFlink.start(2)) {
            Brokers brokers = new Brokers(kafka.bootstrapServers());
            JobTopics topics = topics(brokers);
            try (Load load = new Load(brokers, topics.input(), STREAMS, Duration.ofMillis(20));
                    Witness witness = new Witness(brokers, topics.output(), NoisyNetwork.create())) {
                Optional<String> savepoint = Optional.empty();
                for (int parallelism : new int[] {1, 2, 1}) {
                    RunningJob job = RunningJob.start(
                            job(brokers, topics, settings(backend, parallelism, folder, savepoint)),
                            flink.environment(),
                            "the test's cluster");
                    witness.awaitOutputAfter(load.streams(), System.currentTimeMillis(), PATIENCE);
                    savepoint = job.stop(Optional.of(folder.toUri().toString()));
                }
                long steps = load.end();
                RunningJob last = RunningJob.start(
                        job(brokers, topics, settings(backend, 2, folder, savepoint)),
                        flink.environment(),
                        "the test's cluster");
                witness.awaitSteps(load.streams(), steps, PATIENCE);
                last.stop(Optional.empty());
                witness.assertExactlyOnce();
            }
        }
    }

    private static JobTopics topics(Brokers brokers) {
        JobTopics topics = new JobTopics("in", "out", "rejected", "notices", Optional.empty());
        topics.all().forEach(topic -> brokers.createIfMissing(topic, 4));
        return topics;
    }

    private static StreamingJob job(Brokers brokers, JobTopics topics, JobSettings settings) {
        NetworkPlan plan = NetworkPlan.of(NoisyNetwork.create(), OptionalDouble.empty(), List.of(), NoisyNetwork.SEED);
        return new StreamingJob(brokers, topics, plan, SequenceSettings.DEFAULT, settings);
    }

    private static JobSettings settings(
            StateBackend backend, int parallelism, Path folder, Optional<String> savepoint) {
        return new JobSettings(
                "rescale",
                parallelism,
                Delivery.EXACTLY_ONCE,
                Duration.ofMillis(200),
                Optional.of(folder.toUri().toString()),
                savepoint,
                StartFrom.EARLIEST,
                new FlinkSettings(backend, Map.of()));
    }
}
