package io.riffle.jobs.bench;

import io.riffle.jobs.kafka.Brokers;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** How many records a topic of one partition has got. */
final class TopicEnd implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;

    TopicEnd(Brokers brokers) {
        consumer = brokers.consumer();
    }

    long of(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(partition));
        return ends.get(partition);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
