package io.riffle.jobs.view;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** What the status line tells: how fast, how late, how much was refused. One owner: not for several threads. */
public final class Meters {
    private static final long RATE_WINDOW_NANOS = Duration.ofSeconds(2).toNanos();
    // the first chunks after the start say nothing about a rate yet
    private static final long SHORTEST_WINDOW_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_LATENCY_MILLIS = Duration.ofHours(1).toMillis();

    private final long beginNanos;
    private final Optional<URI> web;
    private final Histogram latencyMillis = new Histogram(LONGEST_LATENCY_MILLIS, 3);
    private final Deque<long[]> recent = new ArrayDeque<>();
    private long recentSteps;
    private long steps;
    private long rejected;
    private long nowNanos;

    /** @param web address of Flink's page, if there is one */
    public Meters(long nowNanos, Optional<URI> web) {
        this.beginNanos = nowNanos;
        this.nowNanos = nowNanos;
        this.web = web;
    }

    public void steps(long count, long nowNanos) {
        steps += count;
        recentSteps += count;
        recent.addLast(new long[] {nowNanos, count});
        tick(nowNanos);
    }

    /** @param millis from the sample of a chunk's last step to the arrival of its output */
    public void latency(long millis) {
        latencyMillis.recordValue(Math.max(0, Math.min(LONGEST_LATENCY_MILLIS, millis)));
    }

    public void reject() {
        rejected++;
    }

    /** Lets time pass, also when nothing comes. */
    public void tick(long nowNanos) {
        this.nowNanos = nowNanos;
        while (!recent.isEmpty() && nowNanos - recent.getFirst()[0] > RATE_WINDOW_NANOS) {
            recentSteps -= recent.removeFirst()[1];
        }
    }

    public long steps() {
        return steps;
    }

    public long rejected() {
        return rejected;
    }

    public Duration elapsed() {
        return Duration.ofNanos(nowNanos - beginNanos);
    }

    public double stepsPerSecond() {
        long window = Math.max(SHORTEST_WINDOW_NANOS, Math.min(RATE_WINDOW_NANOS, nowNanos - beginNanos));
        return recentSteps * 1e9 / window;
    }

    /** Milliseconds; nothing before the first output. */
    public Optional<Long> latencyPercentile(double percentile) {
        return latencyMillis.getTotalCount() == 0
                ? Optional.empty()
                : Optional.of(latencyMillis.getValueAtPercentile(percentile));
    }

    /** The parts of the status line, most important first. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        long seconds = elapsed().toSeconds();
        texts.add(String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60));
        texts.add(String.format(Locale.ROOT, "%.0f steps/s", stepsPerSecond()));
        latencyPercentile(50)
                .ifPresent(p50 -> texts.add("latency p50 %d ms p99 %d ms"
                        .formatted(p50, latencyPercentile(99).orElseThrow())));
        texts.add("rejected " + rejected);
        web.ifPresent(address -> texts.add(address.toString()));
        return texts;
    }
}
