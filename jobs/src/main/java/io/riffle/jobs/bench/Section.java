package io.riffle.jobs.bench;

import java.util.Locale;

/** What can be measured. */
public enum Section {
    /** The network alone, on one core, beside the same in C. */
    KERNELS("million stream-steps/s of CPU time on one core", true),
    /** From topic to topic, beside the same without a network. */
    PIPELINE("Kafka -> network -> Kafka, beside Flink passing the same records through", true),
    /** From a sample to its output. */
    LATENCY("sample -> output at 1000 records/s, beside a consumer -> producer loop", true),
    /** Garbage, states, checkpoints. */
    MEMORY("what a chunk and a stream cost in bytes", true),
    /** Few and many streams. */
    STREAMS("100 000 streams beside 100, time per chunk", false),
    /** Where the time goes. */
    PROFILE("what the processor is busy with on the way from topic to topic", false),
    /** What a step costs, for planning. */
    MODEL("what a step costs by neurons and chunk length", false),
    /** From the call to the first output. */
    START("of the command line, from the call on", false);

    private final String title;
    private final boolean usual;

    Section(String title, boolean usual) {
        this.title = title;
        this.usual = usual;
    }

    String title() {
        return title;
    }

    /** Whether it is measured when nothing else was asked for. */
    public boolean isUsual() {
        return usual;
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
