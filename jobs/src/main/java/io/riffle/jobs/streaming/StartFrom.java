package io.riffle.jobs.streaming;

import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/** Where a job that does not continue from a stored state starts to read its topic. */
public enum StartFrom {
    EARLIEST("earliest"),
    LATEST("latest");

    private final String text;

    StartFrom(String text) {
        this.text = text;
    }

    OffsetsInitializer offsets() {
        return this == EARLIEST ? OffsetsInitializer.earliest() : OffsetsInitializer.latest();
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return text;
    }
}
