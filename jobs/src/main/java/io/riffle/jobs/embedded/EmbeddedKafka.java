package io.riffle.jobs.embedded;

import static io.riffle.jobs.embedded.FreePorts.LOOPBACK;

import io.riffle.jobs.lifecycle.OnExit;
import io.riffle.sim.RiffleException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One Kafka broker inside this process: its own controller (KRaft), only on 127.0.0.1, in a temporary folder that goes
 * away with it.
 *
 * <pre>{@code
 * try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
 *     kafka.createTopic("host", 1);
 *     producerProperties.put("bootstrap.servers", kafka.bootstrapServers());
 * }
 * }</pre>
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final int NODE = 1;

    private final String bootstrapServers;
    private final TemporaryFolder folder;
    private final KafkaRaftServer server;
    private final OnExit onExit;

    private EmbeddedKafka(int brokerPort, int controllerPort) {
        bootstrapServers = LOOPBACK + ":" + brokerPort;
        folder = new TemporaryFolder("riffle-kafka");
        format(folder.path());
        server = new KafkaRaftServer(
                new KafkaConfig(settings(brokerPort, controllerPort, folder.path()), false), Time.SYSTEM);
        onExit = new OnExit(this::stop);
    }

    public static EmbeddedKafka start() {
        return start(0);
    }

    /** @param port of the broker; 0 takes a free one */
    public static EmbeddedKafka start(int port) {
        int brokerPort = FreePorts.orFind(port, "the embedded Kafka broker");
        EmbeddedKafka kafka = new EmbeddedKafka(brokerPort, FreePorts.find(1)[0]);
        try {
            kafka.server.startup();
        } catch (RuntimeException e) {
            kafka.close();
            throw new RiffleException(
                    "the embedded Kafka broker did not start on %s: %s"
                            .formatted(kafka.bootstrapServers, e.getMessage()),
                    e);
        }
        return kafka;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public void createTopic(String name, int partitions) {
        Map<String, Object> settings = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (Admin admin = Admin.create(settings)) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new RiffleException(
                    "topic %s: %s".formatted(name, e.getCause().getMessage()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RiffleException("interrupted while creating topic " + name, e);
        }
    }

    @Override
    public void close() {
        onExit.close();
    }

    private void stop() {
        try {
            server.shutdown();
            server.awaitShutdown();
        } finally {
            folder.close();
        }
    }

    private static void format(Path folder) {
        Formatter formatter = new Formatter();
        formatter.setNodeId(NODE);
        formatter.setClusterId(Uuid.randomUuid().toString());
        formatter.setDirectories(List.of(folder.toString()));
        formatter.setMetadataLogDirectory(folder.toString());
        formatter.setControllerListenerName("CONTROLLER");
        formatter.setIgnoreFormatted(true);
        formatter.setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            formatter.run();
        } catch (Exception e) {
            throw new RiffleException(
                    "the embedded Kafka broker could not format %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static Map<String, String> settings(int brokerPort, int controllerPort, Path folder) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(NODE)),
                Map.entry("controller.quorum.voters", NODE + "@" + LOOPBACK + ":" + controllerPort),
                Map.entry(
                        "listeners",
                        "PLAINTEXT://" + LOOPBACK + ":" + brokerPort + ",CONTROLLER://" + LOOPBACK + ":"
                                + controllerPort),
                Map.entry("advertised.listeners", "PLAINTEXT://" + LOOPBACK + ":" + brokerPort),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("log.dirs", folder.toString()),
                // a record's age is counted from its event time, so a recording of last month, or of the year 1970 as
                // in tests, would be deleted before anybody has read it
                Map.entry("log.retention.ms", "-1"),
                Map.entry("log.retention.bytes", Long.toString(1L << 30)), // per partition
                // a misspelt topic must be noticed, not created
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // the default cleaner holds 128 MiB for compacted topics, of which there are none but two tiny ones
                Map.entry("log.cleaner.dedupe.buffer.size", "8388608"));
    }
}
