package io.riffle.jobs.bench;

import io.riffle.jobs.streaming.Preset;
import io.riffle.jobs.streaming.RunningJob;
import io.riffle.jobs.streaming.StateBackend;
import java.util.ArrayList;
import java.util.List;

/** Kafka to network to Kafka, in turn with Flink passing the same records through. */
final class PipelineSection {
    private static final int STREAMS = 1000;
    private static final double MILLION = 1e6;
    /** Runs are long beside the other sections' measurements, as the JVM goes on compiling for some seconds of each job. */
    private static final int DURATIONS = 6;

    private final BenchSettings settings;
    private final Preset preset;
    private final Talk talk;
    private final SectionReport report = new SectionReport(Section.PIPELINE);

    PipelineSection(BenchSettings settings, Talk talk) {
        this.settings = settings;
        preset = settings.preset(Preset.THROUGHPUT);
        this.talk = talk;
    }

    SectionReport measure() throws InterruptedException {
        talk.say("pipeline: starting Kafka and Flink");
        try (BenchCluster cluster = BenchCluster.start(settings)) {
            measure(cluster, topic(10, 250_000));
            measure(cluster, topic(100, 50_000));
            cluster.requireNothingRejected();
        }
        report.remark(
                "one slice; broker, Flink and network in this process; preset %s, at-least-once".formatted(preset));
        report.remark((settings.warmUp() ? "each job once before, unmeasured; " : "without a warm-up; ")
                + "the first 15 % of each run are not counted");
        return report;
    }

    /** @param recordsPerSecond of a fast machine, which it is to keep busy for some time */
    private TestTopic topic(int chunkSteps, int recordsPerSecond) {
        int chunks = Math.max(4, (int) (recordsPerSecond * DURATIONS * settings.seconds() / STREAMS));
        return new TestTopic("in-" + chunkSteps, STREAMS, chunks, chunkSteps);
    }

    private void measure(BenchCluster cluster, TestTopic topic) throws InterruptedException {
        talk.say("pipeline: %d records of %d streams, T = %d"
                .formatted(topic.records(), topic.streams(), topic.chunkSteps()));
        cluster.create(topic.name());
        topic.fill(cluster.brokers());
        List<Double> passed = new ArrayList<>();
        List<Double> evolved = new ArrayList<>();
        for (int repeat = settings.firstRepeat(); repeat <= settings.repeats(); repeat++) {
            String which = repeat == 0 ? "warming up" : "repeat %d of %d".formatted(repeat, settings.repeats());
            talk.say("pipeline: T = %d, %s".formatted(topic.chunkSteps(), which));
            double pass = pass(cluster, topic);
            double evolve = evolve(cluster, topic);
            if (repeat > 0) {
                passed.add(pass);
                evolved.add(evolve);
            }
        }
        String name = "T = %d, %d streams".formatted(topic.chunkSteps(), topic.streams());
        Figure pass = Figure.of(name + ", pass-through", "records/s", passed);
        report.add(pass);
        report.add(Figure.of(name + ", network", "records/s", evolved).over(pass, "pass-through"));
        report.add(Figure.of(
                name + ", network",
                "million steps/s",
                evolved.stream()
                        .map(records -> records * topic.chunkSteps() / MILLION)
                        .toList()));
    }

    /** Seconds for which a run is watched. */
    private double longest() {
        return 5 * DURATIONS * settings.seconds();
    }

    private double pass(BenchCluster cluster, TestTopic topic) throws InterruptedException {
        long before = cluster.end(BenchCluster.PASS_OUTPUT);
        RunningJob job = cluster.passThrough(topic.name(), preset);
        try {
            return Throughput.measure(cluster, job, BenchCluster.PASS_OUTPUT, before, topic.records(), longest())
                    .perSecond();
        } finally {
            job.cancel();
        }
    }

    private double evolve(BenchCluster cluster, TestTopic topic) throws InterruptedException {
        long before = cluster.end(BenchCluster.NETWORK_OUTPUT);
        RunningJob job = cluster.network(topic.name(), preset, StateBackend.HASHMAP);
        try {
            return Throughput.measure(cluster, job, BenchCluster.NETWORK_OUTPUT, before, topic.records(), longest())
                    .perSecond();
        } finally {
            job.cancel();
        }
    }
}
