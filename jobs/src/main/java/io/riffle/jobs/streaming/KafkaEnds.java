package io.riffle.jobs.streaming;

import io.riffle.jobs.kafka.Brokers;
import io.riffle.operators.elements.OutboundRecord;
import io.riffle.operators.elements.RawRecord;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Where a job's records come from and go to. */
final class KafkaEnds {
    /** How long an exactly-once transaction may stay open: longer than a checkpoint and a recovery take. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(5);

    /**
     * What each sink holds at most for brokers that are slow, after which the job slows down to their pace. All of it
     * must be sent before a checkpoint is complete, so more would only make checkpoints late.
     */
    private static final int WAITING_BYTES = 8 << 20;

    private final Brokers brokers;
    private final JobSettings settings;

    KafkaEnds(Brokers brokers, JobSettings settings) {
        this.brokers = brokers;
        this.settings = settings;
    }

    DataStream<RawRecord> read(StreamExecutionEnvironment environment, String topic) {
        return environment
                .fromSource(source(topic), WatermarkStrategy.noWatermarks(), KafkaOperators.name(topic))
                .uid(KafkaOperators.SOURCE_UID);
    }

    private KafkaSource<RawRecord> source(String topic) {
        return KafkaSource.<RawRecord>builder()
                .setProperties(consumerProperties())
                .setBootstrapServers(brokers.servers())
                .setTopics(topic)
                .setStartingOffsets(settings.startFrom().offsets())
                .setDeserializer(new RawRecordReader())
                .build();
    }

    /** Those of people, then ours where they have none, then what our promises depend on. */
    Properties consumerProperties() {
        Properties properties = clientProperties();
        settings.transfer().consumer().forEach(properties::putIfAbsent);
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // Where to go on stands in the checkpoints; Kafka's own book of it would only be a second one.
        properties.setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "false");
        return properties;
    }

    /** @param role of the sink, by which its state is found again */
    void write(DataStream<OutboundRecord> records, String topic, String role) {
        records.sinkTo(KafkaSink.<OutboundRecord>builder()
                        .setKafkaProducerConfig(producerProperties())
                        .setBootstrapServers(brokers.servers())
                        .setDeliveryGuarantee(settings.delivery().guarantee())
                        .setTransactionalIdPrefix(settings.name() + "-" + role)
                        .setRecordSerializer(new OutboundRecordWriter(topic))
                        .build())
                .name(KafkaOperators.name(topic))
                .uid(KafkaOperators.sinkUid(role));
    }

    /** Those of people, then ours where they have none, then what our promises depend on. */
    Properties producerProperties() {
        Properties properties = clientProperties();
        settings.transfer().producer().forEach(properties::putIfAbsent);
        properties.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(WAITING_BYTES));
        // what waits no longer than a transaction may is slow, not lost
        properties.putIfAbsent(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(TRANSACTION_TIMEOUT.toMillis()));
        properties.setProperty(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(TRANSACTION_TIMEOUT.toMillis()));
        return properties;
    }

    private Properties clientProperties() {
        Properties properties = new Properties();
        properties.putAll(brokers.properties());
        return properties;
    }
}
