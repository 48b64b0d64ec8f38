package io.riffle.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import io.riffle.jobs.embedded.EmbeddedKafka;
import io.riffle.jobs.feed.MqttAddress;
import io.riffle.jobs.feed.MqttFeed;
import io.riffle.jobs.feed.MqttPayload;
import io.riffle.jobs.feed.MqttPayload.Kind;
import io.riffle.jobs.feed.MqttSettings;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.lifecycle.Stop;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.schemas.Payload;
import io.riffle.schemas.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedMqttCommandTest {
    private static EmbeddedKafka kafka;
    private static Server mqtt;
    private static int port;

    @TempDir
    private static Path folder;

    private final List<String> remarks = new CopyOnWriteArrayList<>();
    private MqttFeed.Count count;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void startBrokers() throws IOException {
        kafka = EmbeddedKafka.start();
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        mqtt = startMqtt();
    }

    private static Server startMqtt() throws IOException {
        Properties settings = new Properties();
        settings.setProperty("host", "127.0.0.1");
        settings.setProperty("port", Integer.toString(port));
        settings.setProperty("persistence_enabled", "false");
        settings.setProperty("data_path", folder.toString());
        settings.setProperty("telemetry_enabled", "false");
        Server server = new Server();
        server.startServer(new MemoryConfig(settings));
        return server;
    }

    @AfterAll
    static void stopBrokers() {
        mqtt.stopServer();
        kafka.close();
    }

    private int feed(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(
                                Stream.of("feed"),
                                Stream.concat(Stream.of(arguments), Stream.of("--brokers", kafka.bootstrapServers())))
                        .toArray(String[]::new));
    }

    /** Feeds while messages are published, until the topic holds so many records. */
    private List<Payload> feedUntil(
            int records, String topic, Publishing publishing, MqttSettings settings, String filter) throws Exception {
        Brokers brokers = new Brokers(kafka.bootstrapServers());
        brokers.createIfMissing(topic, 1);
        remarks.clear();
        try (Stop stop = new Stop()) {
            MqttFeed feed = new MqttFeed(MqttAddress.parse(address(filter)), settings, remarks::add);
            CompletableFuture<MqttFeed.Count> feeding =
                    CompletableFuture.supplyAsync(() -> feed.run(brokers, topic, stop));
            await(() -> isTaken(1) || feeding.isDone());
            publishing.run();
            await(() -> feeding.isDone() || payloads(topic).size() >= records);
            stop.wish();
            count = feeding.get();
        }
        return payloads(topic);
    }

    private boolean isTaken(int times) {
        return remarks.stream()
                        .filter(line -> line.startsWith("takes messages of"))
                        .count()
                == times;
    }

    private static MqttSettings settings(MqttPayload payload, String stream, double dt) {
        return new MqttSettings(
                payload,
                Optional.ofNullable(stream),
                1,
                dt > 0 ? OptionalDouble.of(dt) : OptionalDouble.empty(),
                Optional.empty());
    }

    private static MqttPayload plain(MqttPayload.Kind kind) {
        return new MqttPayload(kind, List.of(), Optional.empty());
    }

    private interface Publishing {
        void run() throws Exception;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
    }

    private static List<Payload> payloads(String topic) {
        List<Payload> payloads = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new Brokers(kafka.bootstrapServers()).consumer()) {
            List<TopicPartition> all = List.of(new TopicPartition(topic, 0));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long end = consumer.endOffsets(all).get(all.get(0));
            while (consumer.position(all.get(0)) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record ->
                                payloads.add(ChunkDecoder.anything().decodePayload(record.key(), record.value())));
            }
        }
        return payloads;
    }

    private static void publish(String... topicsAndMessages) throws MqttException {
        try (MqttClient client = new MqttClient("tcp://127.0.0.1:" + port, "sensor", new MemoryPersistence())) {
            client.connect();
            for (int i = 0; i < topicsAndMessages.length; i += 2) {
                MqttMessage message = new MqttMessage(topicsAndMessages[i + 1].getBytes(StandardCharsets.ISO_8859_1));
                message.setQos(1);
                client.publish(topicsAndMessages[i], message);
            }
            client.disconnect();
        }
    }

    private static String address(String filter) {
        return "mqtt://127.0.0.1:%d/%s".formatted(port, filter);
    }

    @Test
    void messagesAreSamplesOfTheStreamThatTheirTopicNames() throws Exception {
        List<Payload> payloads = feedUntil(
                3,
                "motion",
                () -> publish(
                        "lab/arm/motion",
                        "{\"t\": 1000.5, \"y\": 2, \"x\": 1, \"unit\": \"g\"}",
                        "lab/leg/motion",
                        "{\"t\": \"1970-01-01T00:16:41Z\", \"x\": 3, \"y\": 4}",
                        "lab/arm/motion",
                        "no JSON",
                        "lab/arm/motion",
                        "{\"t\": 1001, \"x\": true, \"y\": 4}",
                        "lab/arm/motion",
                        "{\"t\": 1002, \"x\": 5, \"y\": 6}",
                        "lab/arm/battery",
                        "7"),
                settings(new MqttPayload(Kind.JSON, List.of("x", "y"), Optional.of("t")), "{2}", 0),
                "lab/+/motion");
        assertThat(payloads)
                .containsExactly(
                        new Samples("arm", 0, 2, new long[] {1_000_500_000_000L}, new float[] {1, 2}),
                        new Samples("leg", 0, 2, new long[] {1_001_000_000_000L}, new float[] {3, 4}),
                        new Samples("arm", 0, 2, new long[] {1_002_000_000_000L}, new float[] {5, 6}));
        assertThat(count).isEqualTo(new MqttFeed.Count(3, 2, 2));
        assertThat(remarks.get(1)).startsWith("left out a message of lab/arm/motion: it is no JSON: ");
        assertThat(remarks.get(2)).isEqualTo("left out a message of lab/arm/motion: x is true, expected a number");
    }

    @Test
    void messagesAreStepsThatGoOnWhereTheTopicEnds() throws Exception {
        MqttSettings settings = settings(plain(Kind.CSV), "arm", 0.01);
        feedUntil(2, "steps", () -> publish("steps/a", "1,2", "steps/b", "3,4"), settings, "steps/#");
        List<Payload> payloads = feedUntil(
                4, "steps", () -> publish("steps/a", "5,6", "steps/a", "7", "steps/a", "8,9"), settings, "steps/#");
        assertThat(payloads)
                .containsExactly(
                        new Chunk("arm", 0, 1, 2, new float[] {1, 2}),
                        new Chunk("arm", 1, 1, 2, new float[] {3, 4}),
                        new Chunk("arm", 2, 1, 2, new float[] {5, 6}),
                        new Chunk("arm", 3, 1, 2, new float[] {8, 9}));
        assertThat(remarks.get(1))
                .isEqualTo("left out a message of steps/a: it holds 1 numbers, expected 2 as before of stream arm");
    }

    @Test
    void aBrokerThatGoesAwayIsWaitedFor() throws Exception {
        List<Payload> payloads = feedUntil(
                2,
                "gone",
                () -> {
                    publish("gone", "[1, 2]");
                    mqtt.stopServer();
                    await(() -> remarks.stream().anyMatch(line -> line.contains("is gone, waiting for it")));
                    mqtt = startMqtt();
                    await(() -> err.toString()
                                    .lines()
                                    .filter(line -> line.startsWith("takes"))
                                    .count()
                            == 2);
                    publish("gone", "[3, 4]");
                },
                settings(plain(Kind.JSON), null, 0),
                "gone");
        assertThat(payloads).hasSize(2);
        assertThat(((Samples) payloads.get(1)).values()).containsExactly(3, 4);
        assertThat(((Samples) payloads.get(1)).times()[0]).isGreaterThan(((Samples) payloads.get(0)).times()[0]);
    }

    @Test
    void floatsAreLittleEndian() throws Exception {
        List<Payload> payloads = feedUntil(
                1, "binary", () -> publish("b", "\0\0\u00c0\u003f"), settings(plain(Kind.FLOAT32), null, 0), "b");
        assertThat(((Samples) payloads.get(0)).values()).containsExactly(1.5f);
    }

    @Test
    void wrongCallsAreOneSentence() {
        assertThat(feed("mqtt://host", "--to", "x")).isEqualTo(2);
        assertThat(feed(address("a"), "--to", "x", "--payload", "csv", "--fields", "a"))
                .isEqualTo(2);
        assertThat(feed("mqtt://127.0.0.1:1/a", "--to", "x")).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "Invalid value for positional parameter at index 0 (mqtt://HOST/TOPICS): 'mqtt://host' is no "
                                + "address of topics, expected one such as mqtt://host:1883/sensors/# (see: riffle feed "
                                + "mqtt --help)",
                        "a payload of the kind csv has no fields, expected json to name some (see: riffle feed mqtt --help)",
                        "the MQTT broker at tcp://127.0.0.1:1 cannot be used: Connection refused");
    }
}
