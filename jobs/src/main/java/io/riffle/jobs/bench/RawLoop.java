package io.riffle.jobs.bench;

import io.riffle.jobs.kafka.Brokers;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** The least that can stand between two topics: a consumer whose records go to a producer. */
final class RawLoop implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Thread thread;
    private volatile boolean ending;
    private volatile RuntimeException failure;

    private RawLoop(Brokers brokers, String input, String output) {
        thread = new Thread(() -> run(brokers, input, output), "bench-loop");
        thread.setDaemon(true);
    }

    static RawLoop start(Brokers brokers, String input, String output) {
        RawLoop loop = new RawLoop(brokers, input, output);
        loop.thread.start();
        return loop;
    }

    private void run(Brokers brokers, String input, String output) {
        try (KafkaConsumer<String, byte[]> consumer = brokers.consumer();
                KafkaProducer<String, byte[]> producer = brokers.producer()) {
            TopicPartition partition = new TopicPartition(input, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (!ending) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    producer.send(new ProducerRecord<>(output, record.key(), record.value()));
                }
            }
        } catch (RuntimeException failed) {
            failure = failed;
        }
    }

    void throwIfFailed() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() throws InterruptedException {
        ending = true;
        thread.join();
    }
}
