package io.riffle.jobs.kafka;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The Kafka cluster that a command talks to.
 *
 * @param servers host:port, several with commas
 * @param properties of the user, such as security settings; they go to every client, after ours
 */
public record Brokers(String servers, Map<String, String> properties) {
    public static final Duration PATIENCE = Duration.ofSeconds(15);

    public Brokers {
        requireNonNull(servers, "servers is null");
        properties = Map.copyOf(properties);
    }

    public Brokers(String servers) {
        this(servers, Map.of());
    }

    /** What every client needs to find and enter the cluster. */
    public Map<String, Object> clientProperties() {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        return all;
    }

    /** @throws RiffleException if no broker answers within {@link #PATIENCE} */
    public void requireReachable() {
        ask("list the brokers", admin -> admin.describeCluster().nodes().get());
    }

    /** Partitions of a topic, or nothing if there is no such topic. */
    public Optional<Integer> partitions(String topic) {
        return ask("look up topic " + topic, admin -> {
            try {
                return Optional.of(admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic)
                        .partitions()
                        .size());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** Creates a topic, with the replication of the cluster's default, unless it exists; then it stays as it is. */
    public void createIfMissing(String topic, int partitions) {
        ask("create topic " + topic, admin -> {
            try {
                NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty());
                admin.createTopics(List.of(wanted)).all().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
            return topic;
        });
    }

    /** A producer that neither loses nor repeats nor swaps records, and sends each at once. */
    public KafkaProducer<String, byte[]> producer() {
        Map<String, Object> settings = clientProperties();
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * (int) PATIENCE.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** A consumer without a group, for partitions that are assigned by hand; it sees only what was committed. */
    public KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> settings = clientProperties();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // who looks through partitions in turn waits for the empty answer of one before the next is asked
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private <T> T ask(String what, Question<T> question) {
        Map<String, Object> settings = clientProperties();
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
        try (Admin admin = Admin.create(settings)) {
            return question.ask(admin);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RiffleException("interrupted while asking Kafka at %s to %s".formatted(servers, what), e);
        } catch (ExecutionException e) {
            throw refused(what, e.getCause());
        } catch (KafkaException e) {
            // thrown before anything is sent, such as for a host name that nobody knows
            throw refused(what, e.getCause() == null ? e : e.getCause());
        }
    }

    private RiffleException refused(String what, Throwable cause) {
        if (cause instanceof TimeoutException) {
            return new RiffleException(
                    "no Kafka broker answered at %s within %d s".formatted(servers, PATIENCE.toSeconds()), cause);
        }
        return new RiffleException("Kafka at %s could not %s: %s".formatted(servers, what, cause.getMessage()), cause);
    }

    private interface Question<T> {
        T ask(Admin admin) throws ExecutionException, InterruptedException;
    }
}
