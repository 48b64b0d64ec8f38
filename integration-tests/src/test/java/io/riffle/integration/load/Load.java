package io.riffle.integration.load;

import io.riffle.jobs.kafka.Brokers;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Several streams that send one chunk each in every period, whatever happens to the others or to the broker: what could
 * not be sent is sent later, in its order, once.
 */
public final class Load implements AutoCloseable {
    /** What Kafka calls it. */
    public static final String CLIENT = "load";

    private static final int STEPS = 10;
    private static final Duration TO_SEND = Duration.ofMinutes(5);

    private final List<String> streams;
    private final String topic;
    private final Duration period;
    private final KafkaProducer<String, byte[]> producer;
    private final ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong chunks = new AtomicLong(); // of each stream
    private final Thread thread = new Thread(this::run, "load");
    private volatile boolean ending;

    /** @param period from one chunk of a stream to its next */
    public Load(Brokers brokers, String topic, int streams, Duration period) {
        this.streams = IntStream.range(0, streams).mapToObj(i -> "arm-" + i).toList();
        this.topic = topic;
        this.period = period;
        Map<String, Object> settings = brokers.clientProperties();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, CLIENT);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) TO_SEND.toMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TO_SEND.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        thread.setDaemon(true);
        thread.start();
    }

    public List<String> streams() {
        return streams;
    }

    /** Sends no more, waits until all is in the topic, and tells how many steps each stream has sent. */
    public long end() {
        close();
        if (!failures.isEmpty()) {
            throw new AssertionError("%d chunks could not be sent".formatted(failures.size()), failures.peek());
        }
        return chunks.get() * STEPS;
    }

    @Override
    public void close() {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }

    private void run() {
        ChunkEncoder encoder = new ChunkEncoder(NoisyNetwork.DT);
        long next = System.nanoTime();
        while (!ending) {
            long first = chunks.getAndIncrement() * STEPS;
            for (String stream : streams) {
                float[] values = Sensor.read(stream, first, STEPS);
                byte[] chunk = encoder.encode(new Chunk(stream, first, STEPS, Sensor.CHANNELS, values));
                producer.send(new ProducerRecord<>(topic, stream, chunk), (sent, failure) -> {
                    if (failure != null) {
                        failures.add(failure);
                    }
                });
            }
            next += period.toNanos();
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }
}
