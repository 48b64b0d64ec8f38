package io.riffle.jobs.streaming;

import io.riffle.jobs.kafka.Brokers;
import io.riffle.operators.elements.OutboundRecord;
import io.riffle.operators.elements.RawRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The way between two topics without a network: what Kafka and Flink cost by themselves. */
public final class PassThroughJob implements FlinkJob {
    private final Brokers brokers;
    private final String input;
    private final String output;
    private final JobSettings settings;

    public PassThroughJob(Brokers brokers, String input, String output, JobSettings settings) {
        this.brokers = brokers;
        this.input = input;
        this.output = output;
        this.settings = settings;
    }

    @Override
    public JobClient submit(StreamExecutionEnvironment environment) throws Exception {
        JobConfiguration.apply(settings, environment);
        KafkaEnds kafka = new KafkaEnds(brokers, settings);
        DataStream<OutboundRecord> records = kafka.read(environment, input)
                .map(PassThroughJob::same)
                .returns(TypeInformation.of(OutboundRecord.class))
                .name("pass");
        kafka.write(records, output, KafkaOperators.OUTPUT);
        return environment.executeAsync(settings.name());
    }

    private static OutboundRecord same(RawRecord record) {
        return new OutboundRecord(record.key(), record.value(), record.timestamp());
    }
}
