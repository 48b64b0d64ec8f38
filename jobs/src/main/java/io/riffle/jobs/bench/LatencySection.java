package io.riffle.jobs.bench;

import io.riffle.jobs.streaming.Preset;
import io.riffle.jobs.streaming.RunningJob;
import io.riffle.jobs.streaming.StateBackend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** From a sample to its output at a steady pace, in turn with a loop that only reads and writes. */
final class LatencySection {
    private static final int RECORDS_PER_SECOND = 1000;
    private static final int STREAMS = 100;
    private static final int CHUNK_STEPS = 10;
    private static final double MICROS_PER_MILLI = 1e3;
    private static final Map<String, Double> PERCENTILES = percentiles();

    private final BenchSettings settings;
    private final Preset preset;
    private final Talk talk;
    private final SectionReport report = new SectionReport(Section.LATENCY);

    LatencySection(BenchSettings settings, Talk talk) {
        this.settings = settings;
        preset = settings.preset(Preset.LOW_LATENCY);
        this.talk = talk;
    }

    private static Map<String, Double> percentiles() {
        Map<String, Double> percentiles = new LinkedHashMap<>();
        percentiles.put("p50", 50.0);
        percentiles.put("p90", 90.0);
        percentiles.put("p99", 99.0);
        percentiles.put("longest", 100.0);
        return percentiles;
    }

    SectionReport measure() throws InterruptedException {
        talk.say("latency: starting Kafka and Flink");
        try (BenchCluster cluster = BenchCluster.start(settings)) {
            TestTopic loopInput = new TestTopic("in-loop", STREAMS, 0, CHUNK_STEPS);
            TestTopic jobInput = new TestTopic("in-job", STREAMS, 0, CHUNK_STEPS);
            cluster.create(loopInput.name());
            cluster.create(jobInput.name());
            RunningJob job = cluster.network(jobInput.name(), preset, StateBackend.HASHMAP);
            try (RawLoop loop = RawLoop.start(cluster.brokers(), loopInput.name(), BenchCluster.PASS_OUTPUT);
                    SteadyFeed intoLoop = new SteadyFeed(cluster, loopInput, BenchCluster.PASS_OUTPUT);
                    SteadyFeed intoJob = new SteadyFeed(cluster, jobInput, BenchCluster.NETWORK_OUTPUT)) {
                measure(intoLoop, intoJob, job);
                loop.throwIfFailed();
            } finally {
                job.cancel();
            }
            cluster.requireNothingRejected();
        }
        report.remark("%d records/s of %d streams, T = %d; preset %s, at-least-once, checkpoints every %d s"
                .formatted(
                        RECORDS_PER_SECOND,
                        STREAMS,
                        CHUNK_STEPS,
                        preset,
                        preset.checkpointInterval().toSeconds()));
        report.remark("from the time at which a record was due to be sent to its arrival at a consumer of the output");
        return report;
    }

    private void measure(SteadyFeed intoLoop, SteadyFeed intoJob, RunningJob job) throws InterruptedException {
        int records = Math.max(100, (int) (RECORDS_PER_SECOND * 10 * settings.seconds()));
        talk.say("latency: warming up");
        intoLoop.measure(records, RECORDS_PER_SECOND);
        intoJob.measure(records, RECORDS_PER_SECOND);
        List<Histogram> loops = new ArrayList<>();
        List<Histogram> jobs = new ArrayList<>();
        for (int repeat = 1; repeat <= settings.repeats(); repeat++) {
            talk.say("latency: repeat %d of %d, %d records each".formatted(repeat, settings.repeats(), records));
            loops.add(intoLoop.measure(records, RECORDS_PER_SECOND));
            jobs.add(intoJob.measure(records, RECORDS_PER_SECOND));
            job.throwIfFailed();
        }
        PERCENTILES.forEach((name, percentile) -> {
            Figure loop = figure("consumer -> producer loop, " + name, loops, percentile);
            report.add(figure("network, " + name, jobs, percentile).over(loop, "the loop"));
            report.add(loop);
        });
    }

    private static Figure figure(String name, List<Histogram> histograms, double percentile) {
        return Figure.of(
                name,
                "ms",
                histograms.stream()
                        .map(histogram -> histogram.getValueAtPercentile(percentile) / MICROS_PER_MILLI)
                        .toList());
    }
}
