package io.riffle.jobs;

import io.riffle.jobs.kafka.Brokers;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The topic that a feed writes into. */
final class TopicOptions {
    @Option(names = "--to", paramLabel = "TOPIC", required = true, description = "The topic; it is created if missing.")
    private String topic;

    @Mixin
    private BrokerOptions brokerOptions;

    @Option(
            names = "--partitions",
            defaultValue = "1",
            description = "Partitions, if the topic has to be created. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    String topic() {
        return topic;
    }

    /** The cluster, where the topic exists from now on. */
    Brokers reach() {
        Brokers brokers = brokerOptions.reach();
        brokers.createIfMissing(topic, partitions);
        return brokers;
    }
}
