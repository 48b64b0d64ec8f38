package io.riffle.jobs.feed;

import io.riffle.jobs.kafka.Brokers;
import io.riffle.sim.RiffleException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Sends records into a topic; the first failure, which Kafka reports late, is thrown at the next call. */
final class TopicSender implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;
    private final String topic;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    TopicSender(Brokers brokers, String topic) {
        this.producer = brokers.producer();
        this.topic = topic;
        // the first record would wait for this, and what comes after it would be late
        producer.partitionsFor(topic);
    }

    /** @param wallMillis the record's timestamp, milliseconds since 1970 */
    void send(String stream, byte[] value, long wallMillis) {
        throwFailure();
        try {
            producer.send(new ProducerRecord<>(topic, null, wallMillis, stream, value), (metadata, exception) -> {
                if (exception != null) {
                    failure.compareAndSet(null, exception);
                }
            });
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
            throwFailure();
        }
    }

    @Override
    public void close() {
        producer.close(Brokers.PATIENCE);
        throwFailure();
    }

    private void throwFailure() {
        Exception exception = failure.get();
        if (exception != null) {
            throw new RiffleException(
                    "topic %s took no more records: %s".formatted(topic, exception.getMessage()), exception);
        }
    }
}
