package io.riffle.jobs.embedded;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Kafka and Flink, started side by side, because each waits a good deal for its classes to load. */
public record EmbeddedServers(EmbeddedKafka kafka, EmbeddedFlink flink) implements AutoCloseable {
    /** @param kafkaPort @param webPort 0 takes a free one */
    public static EmbeddedServers start(int kafkaPort, int webPort) {
        CompletableFuture<EmbeddedKafka> kafka = CompletableFuture.supplyAsync(() -> EmbeddedKafka.start(kafkaPort));
        EmbeddedFlink flink = EmbeddedFlink.start(1, webPort);
        try {
            return new EmbeddedServers(kafka.join(), flink);
        } catch (CompletionException e) {
            flink.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        flink.close();
        kafka.close();
    }
}
