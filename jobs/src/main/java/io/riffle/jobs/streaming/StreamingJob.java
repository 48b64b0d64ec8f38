package io.riffle.jobs.streaming;

import io.riffle.jobs.kafka.Brokers;
import io.riffle.operators.NetworkPlan;
import io.riffle.operators.StreamingNetwork;
import io.riffle.operators.elements.OutboundRecord;
import io.riffle.operators.elements.RawRecord;
import io.riffle.operators.raster.RasterSettings;
import io.riffle.operators.sequence.SequenceSettings;
import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** A network between Kafka topics, as a Flink job. */
public final class StreamingJob {
    /** How long an exactly-once transaction may stay open: longer than a checkpoint and a recovery take. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(5);

    /**
     * What each sink holds at most for brokers that are slow, after which the job slows down to their pace. All of it
     * must be sent before a checkpoint is complete, so more would only make checkpoints late.
     */
    private static final int WAITING_BYTES = 8 << 20;

    private final Brokers brokers;
    private final JobTopics topics;
    private final NetworkPlan plan;
    private final Optional<RasterSettings> raster;
    private final SequenceSettings sequence;
    private final JobSettings settings;

    /** Of steps only. */
    public StreamingJob(
            Brokers brokers, JobTopics topics, NetworkPlan plan, SequenceSettings sequence, JobSettings settings) {
        this(brokers, topics, plan, Optional.empty(), sequence, settings);
    }

    /** @param raster how steps are made of samples, if they are */
    public StreamingJob(
            Brokers brokers,
            JobTopics topics,
            NetworkPlan plan,
            Optional<RasterSettings> raster,
            SequenceSettings sequence,
            JobSettings settings) {
        this.brokers = brokers;
        this.topics = topics;
        this.plan = plan;
        this.raster = raster;
        this.sequence = sequence;
        this.settings = settings;
    }

    /** Lays out the job and hands it to the environment's cluster. */
    public JobClient submit(StreamExecutionEnvironment environment) throws Exception {
        layOut(environment);
        return environment.executeAsync(settings.name());
    }

    void layOut(StreamExecutionEnvironment environment) {
        configure(environment);
        environment.setParallelism(settings.parallelism());
        environment.enableCheckpointing(settings.checkpointInterval().toMillis(), mode());

        DataStream<RawRecord> records = environment
                .fromSource(source(), WatermarkStrategy.noWatermarks(), KafkaOperators.name(topics.input()))
                .uid(KafkaOperators.SOURCE_UID);
        StreamingNetwork network = StreamingNetwork.of(records, plan, raster, sequence);
        write(network.output(), topics.output(), KafkaOperators.OUTPUT);
        write(network.rejected(), topics.rejected(), "rejected");
        write(network.notices(), topics.notices(), "notices");
        network.recorded()
                .ifPresent(recorded -> write(recorded, topics.recorded().orElseThrow(), KafkaOperators.RECORDED));
    }

    private CheckpointingMode mode() {
        return settings.delivery() == Delivery.EXACTLY_ONCE
                ? CheckpointingMode.EXACTLY_ONCE
                : CheckpointingMode.AT_LEAST_ONCE;
    }

    private void configure(StreamExecutionEnvironment environment) {
        try {
            environment.configure(configuration());
        } catch (IllegalArgumentException wrong) {
            throw new RiffleException("Flink does not take its settings: " + wrong.getMessage(), wrong);
        }
    }

    private Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(1));
        configuration.set(PipelineOptions.OBJECT_REUSE, true); // records are never changed once emitted
        configuration.set(PipelineOptions.GENERIC_TYPES, false); // no Kryo: a type that would need it is an error
        retryForMinutes(configuration);
        settings.checkpointDirectory().ifPresent(directory -> {
            configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
            configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory);
            configuration.set(
                    CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                    ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        });
        settings.restoreFrom().ifPresent(path -> configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, path));
        configuration.addAll(settings.flink().configuration());
        return configuration;
    }

    /**
     * A lost task manager may take minutes to come back, and each try to go on without it counts: waits of 1, 2, 4, 8 s
     * and then 16 of 10 s, and what the tries take themselves. What is wrong for good ends the job after that.
     */
    private static void retryForMinutes(Configuration configuration) {
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofSeconds(1));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, 2.0);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(10));
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                Duration.ofMinutes(5));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, 20);
    }

    private KafkaSource<RawRecord> source() {
        Properties properties = clientProperties();
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // Where to go on stands in the checkpoints; Kafka's own book of it would only be a second one.
        properties.setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "false");
        return KafkaSource.<RawRecord>builder()
                .setProperties(properties)
                .setBootstrapServers(brokers.servers())
                .setTopics(topics.input())
                .setStartingOffsets(settings.startFrom().offsets())
                .setDeserializer(new RawRecordReader())
                .build();
    }

    private void write(DataStream<OutboundRecord> records, String topic, String role) {
        Properties properties = clientProperties();
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "0");
        properties.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(WAITING_BYTES));
        // what waits no longer than a transaction may is slow, not lost
        properties.putIfAbsent(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(TRANSACTION_TIMEOUT.toMillis()));
        properties.setProperty(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(TRANSACTION_TIMEOUT.toMillis()));
        records.sinkTo(KafkaSink.<OutboundRecord>builder()
                        .setKafkaProducerConfig(properties)
                        .setBootstrapServers(brokers.servers())
                        .setDeliveryGuarantee(settings.delivery().guarantee())
                        .setTransactionalIdPrefix(settings.name() + "-" + role)
                        .setRecordSerializer(new OutboundRecordWriter(topic))
                        .build())
                .name(KafkaOperators.name(topic))
                .uid(KafkaOperators.sinkUid(role));
    }

    private Properties clientProperties() {
        Properties properties = new Properties();
        properties.putAll(brokers.properties());
        return properties;
    }
}
