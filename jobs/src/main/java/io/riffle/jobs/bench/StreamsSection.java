package io.riffle.jobs.bench;

import io.riffle.jobs.streaming.Preset;
import io.riffle.jobs.streaming.RunningJob;
import io.riffle.jobs.streaming.StateBackend;
import java.util.ArrayList;
import java.util.List;

/** The same number of chunks, of few streams and of many, with the states on the heap and in files. */
final class StreamsSection {
    private static final int FEW = 100;
    private static final int MANY = 100_000;
    private static final int CHUNK_STEPS = 10;
    private static final double MICROS_PER_SECOND = 1e6;

    private final BenchSettings settings;
    private final Preset preset;
    private final Talk talk;
    private final SectionReport report = new SectionReport(Section.STREAMS);

    StreamsSection(BenchSettings settings, Talk talk) {
        this.settings = settings;
        preset = settings.preset(Preset.THROUGHPUT);
        this.talk = talk;
    }

    SectionReport measure() throws InterruptedException {
        // every stream has sent once before counting begins, so that no new states are counted
        int chunks = Math.max(2, (int) (10 * settings.seconds()));
        TestTopic few = new TestTopic("in-few", FEW, chunks * MANY / FEW, CHUNK_STEPS);
        TestTopic many = new TestTopic("in-many", MANY, chunks, CHUNK_STEPS);
        talk.say("streams: starting Kafka and Flink");
        try (BenchCluster cluster = BenchCluster.start(settings)) {
            talk.say("streams: %d records of %d and of %d streams".formatted(many.records(), FEW, MANY));
            for (TestTopic topic : List.of(few, many)) {
                cluster.create(topic.name());
                topic.fill(cluster.brokers());
            }
            for (StateBackend backend : StateBackend.values()) {
                measure(cluster, backend, few, many);
            }
            cluster.requireNothingRejected();
        }
        report.remark("T = %d, one slice, preset %s, at-least-once; counted from each stream's second chunk on"
                .formatted(CHUNK_STEPS, preset));
        return report;
    }

    private void measure(BenchCluster cluster, StateBackend backend, TestTopic few, TestTopic many)
            throws InterruptedException {
        List<Double> ofFew = new ArrayList<>();
        List<Double> ofMany = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        for (int repeat = 1; repeat <= settings.repeats(); repeat++) {
            talk.say("streams: %s, repeat %d of %d".formatted(backend, repeat, settings.repeats()));
            ofFew.add(run(cluster, backend, few, bytes, seconds, false));
            ofMany.add(run(cluster, backend, many, bytes, seconds, true));
        }
        Figure fewer = Figure.of("%s, %d streams".formatted(backend, FEW), "us per chunk", ofFew);
        report.add(fewer);
        report.add(Figure.of("%s, %d streams".formatted(backend, MANY), "us per chunk", ofMany)
                .over(fewer, FEW + " streams"));
        String ofAll = "%s, checkpoint of %d streams".formatted(backend, MANY);
        report.add(Figure.of(ofAll, "MB", bytes));
        report.add(Figure.of(ofAll, "s", seconds));
    }

    /** Microseconds for each chunk. */
    private double run(
            BenchCluster cluster,
            StateBackend backend,
            TestTopic topic,
            List<Double> bytes,
            List<Double> seconds,
            boolean withCheckpoint)
            throws InterruptedException {
        long before = cluster.end(BenchCluster.NETWORK_OUTPUT);
        RunningJob job = cluster.network(topic.name(), preset, backend);
        try {
            long first = cluster.await(BenchCluster.NETWORK_OUTPUT, before, MANY, job);
            long begin = System.nanoTime();
            long last = cluster.await(BenchCluster.NETWORK_OUTPUT, before, topic.records(), job);
            double micros = (System.nanoTime() - begin) / 1e9 * MICROS_PER_SECOND / (last - first);
            if (withCheckpoint) {
                Checkpoint checkpoint = Checkpoint.awaitNext(cluster.web(), job.id());
                bytes.add(checkpoint.bytes() / 1e6);
                seconds.add(checkpoint.millis() / 1e3);
            }
            return micros;
        } finally {
            job.cancel();
        }
    }
}
