package io.riffle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.integration.chaos.Chaos;
import io.riffle.integration.chaos.Kill;
import io.riffle.integration.cluster.Cluster;
import io.riffle.integration.cluster.Memory;
import io.riffle.integration.cluster.Patience;
import io.riffle.integration.load.SlowSinks;
import io.riffle.integration.load.Witness;
import io.riffle.jobs.kafka.TopicSize;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes are killed under load: what comes out is what the undisturbed network gives, bit for bit. */
class CrashIT {
    private static final long SEED = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long MAY_DIFFER = 32 << 20;

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start("crash");
    }

    @AfterAll
    static void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void everyStepComesOnceThroughTheDeathOfEachProcess() {
        List<String> options = List.of("--delivery", "exactly-once", "--batching", "on");
        try (Chaos chaos = new Chaos(cluster, "once", options, SEED)) {
            chaos.survive(Kill.TASK_MANAGER);
            chaos.survive(Kill.BROKER);
            chaos.survive(Kill.JOB_MANAGER);
            Witness witness = chaos.settle();
            System.out.print(chaos.table());
            witness.assertExactlyOnce();
            assertThat(TopicSize.isEmpty(cluster.brokers(), chaos.job().rejected()))
                    .as("nothing was rejected")
                    .isTrue();
        }
    }

    @Test
    void stepsThatComeTwiceHaveTheSameBits() {
        try (Chaos chaos =
                new Chaos(cluster, "again", List.of("--delivery", "at-least-once", "--batching", "off"), SEED)) {
            chaos.survive(Kill.TASK_MANAGER);
            chaos.survive(Kill.BROKER);
            Witness witness = chaos.settle();
            System.out.print(chaos.table());
            witness.assertAtLeastOnce();
            assertThat(witness.seen().repeated())
                    .as("a crash without any step that comes again would prove nothing")
                    .isPositive();
        }
    }

    /** A crash finds records under way, which an unaligned checkpoint holds. */
    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void aSlowSinkSlowsTheJobDownAndNothingElse(String backend) {
        List<String> options = List.of(
                "--state-backend",
                backend,
                "--flink",
                "execution.checkpointing.unaligned.enabled=true",
                "--kafka-property",
                "buffer.memory=65536"); // so little, so that the test need not last
        try (Chaos chaos = new Chaos(cluster, "slow-" + backend, options, SEED)) {
            try (SlowSinks slow = new SlowSinks(cluster.brokers(), 20_000)) {
                Patience.await("backpressure", PATIENCE, chaos.job()::isHeldUp);
                assertThat(chaos.job().awaitCheckpoint().path("persisted_data").asLong())
                        .as("bytes of records under way in the checkpoint")
                        .isPositive();
                Memory before = cluster.flink().memory();
                chaos.strike(Kill.TASK_MANAGER);
                cluster.flink().awaitTaskManagers();
                chaos.job().awaitCheckpoint();
                Patience.await("backpressure", PATIENCE, chaos.job()::isHeldUp);
                Memory after = cluster.flink().memory();
                assertThat(after.heapBytes())
                        .as("bytes on the heap, %s before", before)
                        .isLessThan(before.heapBytes() + MAY_DIFFER);
            }
            chaos.settle().assertExactlyOnce();
        }
    }
}
