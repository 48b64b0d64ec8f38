package io.riffle.jobs.bench;

import io.riffle.jobs.streaming.Preset;
import io.riffle.jobs.streaming.RunningJob;
import io.riffle.jobs.streaming.StateBackend;
import java.util.ArrayList;
import java.util.List;

/** What a chunk leaves behind for the garbage collector, and what a stream keeps. */
final class MemorySection {
    private static final int STREAMS = 1000;
    private static final int CHUNK_STEPS = 10;

    private final BenchSettings settings;
    private final Preset preset;
    private final Talk talk;
    private final SectionReport report = new SectionReport(Section.MEMORY);

    MemorySection(BenchSettings settings, Talk talk) {
        this.settings = settings;
        preset = settings.preset(Preset.BALANCED);
        this.talk = talk;
    }

    SectionReport measure() throws InterruptedException {
        talk.say("memory: starting Kafka and Flink");
        int chunks = Math.max(10, (int) (100 * settings.seconds()));
        TestTopic topic = new TestTopic("in", STREAMS, chunks, CHUNK_STEPS);
        List<Double> passed = new ArrayList<>();
        List<Double> evolved = new ArrayList<>();
        List<Double> perStream = new ArrayList<>();
        List<Double> millis = new ArrayList<>();
        try (BenchCluster cluster = BenchCluster.start(settings)) {
            cluster.create(topic.name());
            topic.fill(cluster.brokers());
            for (int repeat = 0; repeat <= settings.repeats(); repeat++) {
                talk.say("memory: "
                        + (repeat == 0 ? "warming up" : "repeat %d of %d".formatted(repeat, settings.repeats())));
                double pass = pass(cluster, topic);
                long before = cluster.end(BenchCluster.NETWORK_OUTPUT);
                RunningJob job = cluster.network(topic.name(), preset, StateBackend.HASHMAP);
                try {
                    double evolve = garbage(cluster, job, BenchCluster.NETWORK_OUTPUT, before, topic);
                    if (repeat > 0) {
                        Checkpoint checkpoint = Checkpoint.awaitNext(cluster.web(), job.id());
                        passed.add(pass);
                        evolved.add(evolve);
                        perStream.add((double) checkpoint.bytes() / STREAMS);
                        millis.add((double) checkpoint.millis());
                    }
                } finally {
                    job.cancel();
                }
            }
            cluster.requireNothingRejected();
        }
        Figure pass = Figure.of("garbage per chunk, pass-through", "bytes", passed);
        report.add(Figure.of("garbage per chunk, network", "bytes", evolved).over(pass, "pass-through"));
        report.add(pass);
        report.add(Figure.of("checkpoint per stream", "bytes", perStream));
        report.add(Figure.of("checkpoint of %d streams".formatted(STREAMS), "ms", millis));
        report.remark(
                "T = %d, N = %d; allocated by the threads of the tasks, from the consumer's records to the producer's buffer"
                        .formatted(CHUNK_STEPS, BenchNetwork.INPUTS));
        return report;
    }

    private double pass(BenchCluster cluster, TestTopic topic) throws InterruptedException {
        long before = cluster.end(BenchCluster.PASS_OUTPUT);
        RunningJob job = cluster.passThrough(topic.name(), preset);
        try {
            return garbage(cluster, job, BenchCluster.PASS_OUTPUT, before, topic);
        } finally {
            job.cancel();
        }
    }

    /** Bytes for each chunk of the last three quarters. */
    private static double garbage(BenchCluster cluster, RunningJob job, String output, long before, TestTopic topic)
            throws InterruptedException {
        long first = cluster.await(output, before, topic.records() / 4, job);
        long allocated = TaskThreads.allocatedBytes();
        long last = cluster.await(output, before, topic.records(), job);
        return (double) (TaskThreads.allocatedBytes() - allocated) / (last - first);
    }
}
