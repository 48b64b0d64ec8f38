package io.riffle.integration;

import io.riffle.integration.chaos.Chaos;
import io.riffle.integration.cluster.Cluster;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The long form of {@link CrashIT}, with a table at the end: {@code mvn -B verify -Pchaos}. */
@Tag("slow")
@Tag("chaos")
class ChaosIT {
    private static final int KILLS = Integer.getInteger("riffle.chaos.kills", 50);
    private static final long SEED = Long.getLong("riffle.chaos.seed", 4);

    @Test
    void everyStepComesOnceThroughAllOfIt() {
        System.out.printf("%d kills, seed %d%n", KILLS, SEED);
        try (Cluster cluster = Cluster.start("chaos");
                Chaos chaos = new Chaos(cluster, "chaos", List.of("--delivery", "exactly-once"), SEED)) {
            for (int i = 0; i < KILLS; i++) {
                chaos.surviveAny();
            }
            var witness = chaos.settle();
            System.out.printf("%n%s", chaos.table());
            witness.assertExactlyOnce();
        }
    }
}
