package io.riffle.jobs.demo;

import io.riffle.jobs.streaming.JobTopics;

/** What the demo's topics are called. */
final class DemoTopics {
    static final String SENSORS = "sensors";
    static final String READ_OUT = "read-out";
    static final String REJECTED = "rejected";
    static final String NOTICES = "notices";
    static final String SPIKES = "spikes";

    private DemoTopics() {}

    static JobTopics of(DemoNetwork network) {
        return new JobTopics(
                SENSORS, READ_OUT, REJECTED, NOTICES, network.spikes().map(path -> SPIKES));
    }
}
