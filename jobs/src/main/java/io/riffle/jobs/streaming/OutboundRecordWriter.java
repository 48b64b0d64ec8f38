package io.riffle.jobs.streaming;

import io.riffle.operators.elements.OutboundRecord;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records for one topic, with the timestamps that they have. */
final class OutboundRecordWriter implements KafkaRecordSerializationSchema<OutboundRecord> {
    private static final long serialVersionUID = 1L;

    private final String topic;

    OutboundRecordWriter(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(OutboundRecord record, KafkaSinkContext context, Long timestamp) {
        Long eventTime = record.timestamp() < 0 ? null : record.timestamp(); // records of Kafka 0.9 have none
        return new ProducerRecord<>(topic, null, eventTime, record.key(), record.value());
    }
}
