package io.riffle.integration.load;

import io.riffle.jobs.kafka.Brokers;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends what sensors read, whatever happens to the broker: what cannot be sent now is sent later, in order, once. */
final class PatientProducer implements AutoCloseable {
    static final int STEPS = 10;
    private static final Duration TO_SEND = Duration.ofMinutes(5);

    private final String topic;
    private final ChunkEncoder encoder = new ChunkEncoder(NoisyNetwork.DT);
    private final ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
    private final KafkaProducer<String, byte[]> producer;

    /** @param client what Kafka calls it */
    PatientProducer(Brokers brokers, String client, String topic) {
        this.topic = topic;
        Map<String, Object> settings = brokers.clientProperties();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, client);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) TO_SEND.toMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TO_SEND.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** Sends the {@link #STEPS} steps of a stream from one on. */
    void send(String stream, long firstStep) {
        float[] values = Sensor.read(stream, firstStep, STEPS);
        byte[] chunk = encoder.encode(new Chunk(stream, firstStep, STEPS, Sensor.CHANNELS, values));
        producer.send(new ProducerRecord<>(topic, stream, chunk), (sent, failure) -> {
            if (failure != null) {
                failures.add(failure);
            }
        });
    }

    /** Waits until all is in the topic. */
    @Override
    public void close() {
        producer.close();
        if (!failures.isEmpty()) {
            throw new AssertionError("%d chunks could not be sent".formatted(failures.size()), failures.peek());
        }
    }
}
