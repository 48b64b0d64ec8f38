package io.riffle.jobs.streaming;

import io.riffle.jobs.kafka.Brokers;
import io.riffle.operators.NetworkPlan;
import io.riffle.operators.StreamingNetwork;
import io.riffle.operators.elements.RawRecord;
import io.riffle.operators.raster.RasterSettings;
import io.riffle.operators.sequence.SequenceSettings;
import java.util.Optional;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A network between Kafka topics, as a Flink job. */
public final class StreamingJob implements FlinkJob {
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

    @Override
    public JobClient submit(StreamExecutionEnvironment environment) throws Exception {
        layOut(environment);
        return environment.executeAsync(settings.name());
    }

    void layOut(StreamExecutionEnvironment environment) {
        JobConfiguration.apply(settings, environment);
        KafkaEnds kafka = new KafkaEnds(brokers, settings);
        DataStream<RawRecord> records = kafka.read(environment, topics.input());
        StreamingNetwork network = StreamingNetwork.of(records, plan, raster, sequence);
        kafka.write(network.output(), topics.output(), KafkaOperators.OUTPUT);
        kafka.write(network.rejected(), topics.rejected(), "rejected");
        kafka.write(network.notices(), topics.notices(), "notices");
        network.recorded()
                .ifPresent(recorded -> kafka.write(recorded, topics.recorded().orElseThrow(), KafkaOperators.RECORDED));
    }
}
