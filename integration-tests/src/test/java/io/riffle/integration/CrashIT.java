package io.riffle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.integration.chaos.Chaos;
import io.riffle.integration.chaos.Kill;
import io.riffle.integration.cluster.Cluster;
import io.riffle.integration.load.Witness;
import io.riffle.jobs.kafka.TopicSize;
import io.riffle.jobs.streaming.Delivery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real processes are killed under load: what comes out is what the undisturbed network gives, bit for bit. */
class CrashIT {
    private static final long SEED = 4;

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start("crash");
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @Test
    void everyStepComesOnceThroughTheDeathOfEachProcess() {
        try (Chaos chaos = new Chaos(cluster, Delivery.EXACTLY_ONCE, SEED)) {
            chaos.survive(Kill.TASK_MANAGER);
            chaos.survive(Kill.BROKER);
            chaos.survive(Kill.JOB_MANAGER);
            Witness witness = chaos.settle();
            System.out.print(chaos.table());
            witness.assertExactlyOnce();
            assertThat(TopicSize.isEmpty(cluster.brokers(), chaos.job().rejected()))
                    .as("nothing was rejected")
                    .isTrue();
            chaos.job().cancel();
        }
    }

    @Test
    void stepsThatComeTwiceHaveTheSameBits() {
        try (Chaos chaos = new Chaos(cluster, Delivery.AT_LEAST_ONCE, SEED)) {
            chaos.survive(Kill.TASK_MANAGER);
            chaos.survive(Kill.BROKER);
            Witness witness = chaos.settle();
            System.out.print(chaos.table());
            witness.assertAtLeastOnce();
            assertThat(witness.seen().repeated())
                    .as("a crash without any step that comes again would prove nothing")
                    .isPositive();
            chaos.job().cancel();
        }
    }
}
