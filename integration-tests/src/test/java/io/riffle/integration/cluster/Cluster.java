package io.riffle.integration.cluster;

import io.riffle.jobs.kafka.Brokers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A cluster of separate processes on 127.0.0.1: a Kafka broker, a Flink job manager and two task managers. Its logs
 * stay below {@code target/clusters}, the data of its processes goes with it.
 */
public final class Cluster implements AutoCloseable {
    private static final int TASK_MANAGERS = 2;

    private final Path folder;
    private final KafkaBroker kafka;
    private final FlinkCluster flink;

    private Cluster(Path folder, Map<String, String> flinkSettings) {
        this.folder = folder;
        delete(path -> true);
        kafka = new KafkaBroker(folder);
        flink = new FlinkCluster(folder, TASK_MANAGERS, flinkSettings);
    }

    /**
     * Starts everything and waits for it.
     *
     * @param name of its folder
     */
    public static Cluster start(String name) {
        return start(name, Map.of());
    }

    /** @param flinkSettings in place of those of the harness */
    public static Cluster start(String name, Map<String, String> flinkSettings) {
        Cluster cluster = new Cluster(Path.of("target", "clusters", name).toAbsolutePath(), flinkSettings);
        try {
            for (int i = 0; i < TASK_MANAGERS; i++) {
                cluster.flink.startTaskManager(i); // they wait for their job manager
            }
            cluster.flink.startJobManager();
            cluster.kafka.start();
            cluster.flink.awaitTaskManagers();
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    public KafkaBroker kafka() {
        return kafka;
    }

    public FlinkCluster flink() {
        return flink;
    }

    public Brokers brokers() {
        return kafka.brokers();
    }

    public Path folder() {
        return folder;
    }

    /** Runs {@code riffle} with arguments in a process of its own, and gives what it prints. */
    public String riffle(List<String> arguments) {
        return Riffle.run(folder, arguments);
    }

    @Override
    public void close() {
        flink.close();
        kafka.close();
        // all but the logs, which say what happened
        delete(path -> !(path.getParent().equals(folder) && path.toString().endsWith(".log")));
    }

    private void delete(Predicate<Path> which) {
        try (Stream<Path> tree = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(folder) && which.test(path)) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException e) {
            System.err.printf("cannot clear %s: %s%n", folder, e);
        }
    }
}
