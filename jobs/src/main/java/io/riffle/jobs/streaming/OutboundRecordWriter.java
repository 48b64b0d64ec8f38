package io.riffle.jobs.streaming;

import io.riffle.operators.OutboundRecord;
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
        return new ProducerRecord<>(topic, null, record.timestamp(), record.key(), record.value());
    }
}
