package io.riffle.jobs;

import io.riffle.jobs.kafka.Brokers;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of every command that talks to Kafka. */
final class BrokerOptions {
    @Option(
            names = "--brokers",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9092",
            description = "Kafka brokers, several with commas. Default: ${DEFAULT-VALUE}.")
    private String servers;

    @Option(
            names = "--kafka-property",
            paramLabel = "KEY=VALUE",
            description = "A setting for all Kafka clients, such as security.protocol=SSL. Repeatable.")
    private Map<String, String> properties = new LinkedHashMap<>();

    /** Answers only when a broker does. */
    Brokers reach() {
        Brokers brokers = new Brokers(servers, properties);
        brokers.requireReachable();
        return brokers;
    }
}
