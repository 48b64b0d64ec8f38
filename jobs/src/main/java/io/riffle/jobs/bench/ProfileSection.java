package io.riffle.jobs.bench;

import io.riffle.jobs.streaming.Preset;
import io.riffle.jobs.streaming.RunningJob;
import io.riffle.jobs.streaming.StateBackend;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the processor is busy with while the network works off a topic. */
final class ProfileSection {
    private static final int STREAMS = 1000;
    /** The Flight Recorder hands over what it has seen about once a second. */
    private static final int LATE_MILLIS = 1500;

    private final BenchSettings settings;
    private final Preset preset;
    private final Talk talk;
    private final SectionReport report = new SectionReport(Section.PROFILE);

    ProfileSection(BenchSettings settings, Talk talk) {
        this.settings = settings;
        preset = settings.preset(Preset.THROUGHPUT);
        this.talk = talk;
    }

    SectionReport measure() throws InterruptedException {
        talk.say("profile: starting Kafka and Flink");
        try (BenchCluster cluster = BenchCluster.start(settings)) {
            measure(cluster, new TestTopic("in-10", STREAMS, chunks(500), 10));
            measure(cluster, new TestTopic("in-100", STREAMS, chunks(100), 100));
            cluster.requireNothingRejected();
        }
        report.remark(
                "share of the samples of the JVM's Flight Recorder, every 10 ms, in threads on the way of the records");
        return report;
    }

    private int chunks(int perSecond) {
        return Math.max(4, (int) (perSecond * settings.seconds()));
    }

    private void measure(BenchCluster cluster, TestTopic topic) throws InterruptedException {
        cluster.create(topic.name());
        topic.fill(cluster.brokers());
        Map<Part, List<Double>> found = new EnumMap<>(Part.class);
        for (int repeat = 0; repeat <= settings.repeats(); repeat++) {
            String which = repeat == 0 ? "warming up" : "repeat %d of %d".formatted(repeat, settings.repeats());
            talk.say("profile: T = %d, %s".formatted(topic.chunkSteps(), which));
            try (Profile profile = Profile.start()) {
                run(cluster, topic, profile);
                Thread.sleep(LATE_MILLIS);
                if (repeat > 0) {
                    for (Part part : Part.values()) {
                        found.computeIfAbsent(part, unknown -> new ArrayList<>())
                                .add(profile.percent(part));
                    }
                }
            }
        }
        found.forEach((part, percents) ->
                report.add(Figure.of("T = %d, %s".formatted(topic.chunkSteps(), part), "%", percents)));
    }

    private void run(BenchCluster cluster, TestTopic topic, Profile profile) throws InterruptedException {
        long before = cluster.end(BenchCluster.NETWORK_OUTPUT);
        RunningJob job = cluster.network(topic.name(), preset, StateBackend.HASHMAP);
        try {
            cluster.await(BenchCluster.NETWORK_OUTPUT, before, topic.records() / 5, job);
            profile.begin();
            cluster.await(BenchCluster.NETWORK_OUTPUT, before, topic.records(), job);
        } finally {
            job.cancel();
        }
    }
}
