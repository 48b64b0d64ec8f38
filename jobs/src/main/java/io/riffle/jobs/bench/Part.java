package io.riffle.jobs.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where on the way from topic to topic the processor is busy. */
enum Part {
    NETWORK("modules and kernels", List.of("io.riffle.sim."), List.of()),
    DECODE("decode", List.of("io.riffle.operators.DecodeChunks"), List.of()),
    ENCODE("encode", List.of("io.riffle.operators.EncodeChunks"), List.of()),
    SEQUENCE("sequence", List.of("io.riffle.operators.SequenceChunks", "io.riffle.operators.sequence."), List.of()),
    STATE("state", List.of("org.apache.flink.runtime.state.", "org.apache.flink.state.", "org.rocksdb."), List.of()),
    OPERATORS("operators", List.of("io.riffle.operators."), List.of()),
    PRODUCER(
            "Kafka producer",
            List.of("org.apache.kafka.clients.producer.", "org.apache.flink.connector.kafka.sink."),
            List.of("kafka-producer-network-thread")),
    CONSUMER(
            "Kafka consumer",
            List.of("org.apache.kafka.clients.consumer.", "org.apache.flink.connector.kafka.source."),
            List.of("Source Data Fetcher")),
    FLINK("Flink between them", List.of(), List.of("Source: ", "sequence ")),
    BROKER("broker", List.of(), List.of("data-plane-kafka", "kafka-", "ReplicaFetcher", "group-coordinator"));

    private final String text;
    private final List<String> classes;
    private final List<String> threads;

    Part(String text, List<String> classes, List<String> threads) {
        this.text = text;
        this.classes = classes;
        this.threads = threads;
    }

    /**
     * The part that a thread is busy with.
     *
     * @param thread its name
     * @param stack names of the classes whose methods it is in, the innermost first
     * @return nothing for what has no part in the way of records
     */
    static Optional<Part> of(String thread, List<String> stack) {
        for (String inside : stack) {
            for (Part part : values()) {
                if (part.classes.stream().anyMatch(inside::startsWith)) {
                    return Optional.of(part);
                }
            }
        }
        return Arrays.stream(values())
                .filter(part -> part.threads.stream().anyMatch(thread::startsWith))
                .findFirst();
    }

    @Override
    public String toString() {
        return text;
    }
}
