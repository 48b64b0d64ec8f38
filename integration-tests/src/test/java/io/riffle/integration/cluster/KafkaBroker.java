package io.riffle.integration.cluster;

import static io.riffle.integration.cluster.Ports.LOOPBACK;

import io.riffle.jobs.kafka.Brokers;
import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** One Kafka broker with its controller in a process of its own, which comes back with the same port and data. */
public final class KafkaBroker implements AutoCloseable {
    private static final Duration TO_START = Duration.ofMinutes(3);

    private final Path folder;
    private final Path settings;
    private final int port;
    private JavaProcess process;

    KafkaBroker(Path folder) {
        this.folder = folder;
        this.settings = folder.resolve("kafka.properties");
        int[] ports = Ports.find(2);
        port = ports[0];
        write(settings, settings(ports[0], ports[1], folder.resolve("kafka-data")));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        String id = Uuid.randomUuid().toString();
        if (StorageTool.execute(new String[] {"format", "-t", id, "-c", settings.toString()}, nowhere) != 0) {
            throw new IllegalStateException("Kafka's storage tool could not format the folder of " + settings);
        }
    }

    /** Starts it, and waits until it answers. */
    public void start() {
        process = JavaProcess.start(
                "kafka",
                folder.resolve("kafka.log"),
                List.of("-Xmx400m", ClusterLog.option(folder)),
                System.getProperty("java.class.path"),
                "kafka.Kafka",
                List.of(settings.toString()));
        // the port first: a client that asks too early says so in many lines
        Patience.await("the start of " + process, TO_START, () -> listens() && answers());
    }

    public void kill() {
        process.kill();
    }

    public Brokers brokers() {
        return new Brokers(LOOPBACK + ":" + port);
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new AssertionError(process + " ended by itself");
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, port), 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private boolean answers() {
        try {
            brokers().requireReachable();
            return true;
        } catch (RiffleException notYet) {
            return false;
        }
    }

    private static Map<String, String> settings(int port, int controllerPort, Path data) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@" + LOOPBACK + ":" + controllerPort);
        settings.put(
                "listeners", "PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d".formatted(LOOPBACK, port, controllerPort));
        settings.put("advertised.listeners", "PLAINTEXT://" + LOOPBACK + ":" + port);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("log.dirs", data.toString());
        settings.put("log.retention.ms", "-1");
        // of a partition, much more than any reader is behind, and less than a disk holds after half an hour
        settings.put("log.retention.bytes", Long.toString(256 << 20));
        settings.put("log.segment.bytes", Long.toString(64 << 20));
        settings.put("log.retention.check.interval.ms", "30000");
        settings.put("auto.create.topics.enable", "false");
        for (String log : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            settings.put(log + ".replication.factor", "1");
            settings.put(log + ".num.partitions", "1");
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        // a broker that comes back is let in when the one that was killed is given up
        settings.put("broker.session.timeout.ms", "2000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("log.cleaner.dedupe.buffer.size", "8388608");
        return settings;
    }

    private static void write(Path file, Map<String, String> settings) {
        List<String> lines = settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
