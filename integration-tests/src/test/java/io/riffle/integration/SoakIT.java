package io.riffle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.integration.cluster.Cluster;
import io.riffle.integration.cluster.Patience;
import io.riffle.integration.cluster.RiffleJob;
import io.riffle.integration.load.NoisyNetwork;
import io.riffle.integration.load.PassingStreams;
import io.riffle.integration.load.Witness;
import io.riffle.integration.soak.Sample;
import io.riffle.integration.soak.Soak;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Thousands of streams come and go; the job holds no more at the end than at the beginning. */
@Tag("slow")
@Tag("soak")
class SoakIT {
    private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("riffle.soak.minutes", 30));
    private static final String BACKEND = System.getProperty("riffle.soak.backend", "hashmap");
    private static final int STREAMS_AT_ONCE = 200;
    private static final int SAMPLES = 30;
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(10);
    private static final Duration WARM_UP = Duration.ofMinutes(1); // states live for three times to live at most
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void holdsNoMoreAtTheEndThanAtTheBeginning() {
        System.out.printf("%d minutes, %d streams at a time, %s%n", LENGTH.toMinutes(), STREAMS_AT_ONCE, BACKEND);
        List<String> options = List.of(
                "--parallelism",
                "2",
                "--state-backend",
                BACKEND,
                "--ttl",
                TIME_TO_LIVE.toSeconds() + "s",
                "--seed",
                Long.toString(NoisyNetwork.SEED));
        try (Cluster cluster = Cluster.start("soak");
                RiffleJob job = new RiffleJob(cluster, "soak", NoisyNetwork.create(), options)) {
            try (PassingStreams streams = new PassingStreams(
                            cluster.brokers(), job.input(), STREAMS_AT_ONCE, Duration.ofMillis(200));
                    Witness witness = new Witness(
                            cluster.brokers(), job.output(), NoisyNetwork.create(), PassingStreams.STEPS_EACH)) {
                job.submit();
                Patience.sleep(WARM_UP);
                boolean flat = soak(cluster, job, streams, witness).isFlat();
                long all = streams.end();
                witness.awaitAll(all * PassingStreams.STEPS_EACH, PATIENCE);
                witness.assertExactlyOnce();
                new Topics(cluster.brokers()).read(job.notices(), notices -> notices.size() >= all);
                System.out.printf("%n%d streams came and went, all were forgotten; %s%n", all, witness.seen());
                assertThat(flat).as("what is held is flat").isTrue();
            }
        }
    }

    private static Soak soak(Cluster cluster, RiffleJob job, PassingStreams streams, Witness witness) {
        Soak soak = new Soak(System.out);
        long began = System.nanoTime();
        long before = began;
        long recordsBefore = witness.seen().records();
        for (int i = 1; i <= SAMPLES; i++) {
            long due = began + i * LENGTH.dividedBy(SAMPLES).toNanos();
            Patience.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
            long records = witness.seen().records();
            long now = System.nanoTime();
            soak.add(new Sample(
                    Duration.ofNanos(now - began),
                    cluster.flink().memory(),
                    job.stateBytes(),
                    (records - recordsBefore) * 1e9 / (now - before),
                    streams.streams()));
            before = now;
            recordsBefore = records;
        }
        return soak;
    }
}
