package io.riffle.jobs.kafka;

import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** How much a topic holds. */
public final class TopicSize {
    private TopicSize() {}

    /** Whether a topic has no record, or does not exist. */
    public static boolean isEmpty(Brokers brokers, String topic) {
        if (brokers.partitions(topic).isEmpty()) {
            return true;
        }
        try (KafkaConsumer<String, byte[]> consumer = brokers.consumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            return consumer.endOffsets(partitions).equals(consumer.beginningOffsets(partitions));
        }
    }
}
