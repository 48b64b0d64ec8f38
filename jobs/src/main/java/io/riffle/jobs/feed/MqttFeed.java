package io.riffle.jobs.feed;

import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.lifecycle.Stop;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkEncoder;
import io.riffle.schemas.Payload;
import io.riffle.schemas.Samples;
import io.riffle.schemas.SamplesEncoder;
import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallbackExtended;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * Messages of an MQTT broker into a Kafka topic, each as a record of its own: a sample, or the next step of its stream.
 *
 * <p>A broker that goes away is waited for. What is no payload of the kind that was named is told and left out.
 */
public final class MqttFeed {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int CONNECT_SECONDS = 10;

    private final MqttAddress address;
    private final MqttSettings settings;
    private final Consumer<String> remarks;
    private final Map<String, Long> nextSteps = new HashMap<>();
    private final Map<String, Integer> channels = new HashMap<>();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private long fed;
    private long refused;

    /**
     * How many messages there were.
     *
     * @param refused of them, those that were left out
     */
    public record Count(long fed, long refused, int streams) {}

    /** @param remarks is told what was left out, and what became of the connection */
    public MqttFeed(MqttAddress address, MqttSettings settings, Consumer<String> remarks) {
        this.address = address;
        this.settings = settings;
        this.remarks = remarks;
    }

    /** Until the stop is wished, or the duration is over. */
    public Count run(Brokers brokers, String topic, Stop stop) {
        double dt = settings.dt().orElse(1);
        StreamPlaces places = new StreamPlaces(brokers, topic, dt, true);
        try (TopicSender sender = new TopicSender(brokers, topic);
                MqttClient client =
                        new MqttClient(address.server(), MqttClient.generateClientId(), new MemoryPersistence())) {
            client.setCallback(new Messages(client, new Outlet(sender, places, new ChunkEncoder(dt))));
            client.connect(options());
            long endNanos = System.nanoTime()
                    + settings.duration().map(Duration::toNanos).orElse(Long.MAX_VALUE / 2);
            while (failure.get() == null && System.nanoTime() - endNanos < 0 && !stop.await(LOOK)) {
                // the messages come in a thread of the client's
            }
            if (client.isConnected()) {
                client.disconnect();
            }
            synchronized (this) {
                if (failure.get() != null) {
                    throw failure.get();
                }
                return new Count(fed, refused, channels.size());
            }
        } catch (MqttException failed) {
            throw new RiffleException(
                    "the MQTT broker at %s cannot be used: %s".formatted(address.server(), reason(failed)), failed);
        }
    }

    private static String reason(MqttException failed) {
        return failed.getCause() == null
                ? failed.getMessage()
                : failed.getCause().getMessage();
    }

    private MqttConnectOptions options() {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setAutomaticReconnect(true);
        options.setCleanSession(true);
        options.setConnectionTimeout(CONNECT_SECONDS);
        address.user().ifPresent(options::setUserName);
        address.password().map(String::toCharArray).ifPresent(options::setPassword);
        return options;
    }

    private synchronized void arrived(String mqttTopic, byte[] bytes, Outlet outlet) {
        try {
            outlet.send(payload(mqttTopic, settings.payload().read(bytes)));
            fed++;
        } catch (RiffleException wrong) {
            if (outlet.failed()) {
                failure.compareAndSet(null, wrong);
                return;
            }
            refused++;
            remarks.accept("left out a message of %s: %s".formatted(mqttTopic, wrong.getMessage()));
        } catch (RuntimeException failed) {
            failure.compareAndSet(null, failed);
        }
    }

    private Payload payload(String mqttTopic, MqttPayload.Content content) {
        String stream = settings.streamOf(mqttTopic);
        int count = content.values().length;
        int expected = channels.computeIfAbsent(stream, name -> count);
        if (count != expected) {
            throw new RiffleException(
                    "it holds %d numbers, expected %d as before of stream %s".formatted(count, expected, stream));
        }
        if (settings.dt().isPresent()) {
            long step = nextSteps.merge(stream, 1L, Long::sum) - 1;
            return new Chunk(stream, step, 1, count, content.values());
        }
        long nanos = content.nanos().orElseGet(MqttFeed::nanosNow);
        return new Samples(stream, 0, count, new long[] {nanos}, content.values());
    }

    private static long nanosNow() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }

    /** Where records go. */
    private static final class Outlet {
        private final TopicSender sender;
        private final StreamPlaces places;
        private final ChunkEncoder encoder;
        private boolean sending;

        Outlet(TopicSender sender, StreamPlaces places, ChunkEncoder encoder) {
            this.sender = sender;
            this.places = places;
            this.encoder = encoder;
        }

        void send(Payload payload) {
            sending = true;
            Payload placed = places.placed(payload);
            byte[] value =
                    placed instanceof Samples samples ? SamplesEncoder.encode(samples) : encoder.encode((Chunk) placed);
            sender.send(placed.stream(), value, System.currentTimeMillis());
            sending = false;
        }

        /** Whether it was Kafka that could not take the last one. */
        boolean failed() {
            return sending;
        }
    }

    private final class Messages implements MqttCallbackExtended {
        private final MqttClient client;
        private final Outlet outlet;

        Messages(MqttClient client, Outlet outlet) {
            this.client = client;
            this.outlet = outlet;
        }

        @Override
        public void connectComplete(boolean again, String server) {
            // from another thread, as this one has to take the broker's answer
            Thread subscribing = new Thread(this::subscribe, "mqtt-subscribe");
            subscribing.setDaemon(true);
            subscribing.start();
        }

        private void subscribe() {
            try {
                client.subscribe(address.filter(), settings.qos());
                remarks.accept("takes messages of %s at %s".formatted(address.filter(), address.server()));
            } catch (MqttException | IllegalArgumentException failed) {
                failure.compareAndSet(
                        null,
                        new RiffleException(
                                "the MQTT broker at %s gives no messages of %s: %s"
                                        .formatted(address.server(), address.filter(), failed.getMessage()),
                                failed));
            }
        }

        @Override
        public void connectionLost(Throwable cause) {
            remarks.accept("the MQTT broker at %s is gone, waiting for it: %s"
                    .formatted(
                            address.server(),
                            Optional.ofNullable(cause.getMessage()).orElse("")));
        }

        @Override
        public void messageArrived(String mqttTopic, MqttMessage message) {
            arrived(mqttTopic, message.getPayload(), outlet);
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // nothing is published
        }
    }
}
