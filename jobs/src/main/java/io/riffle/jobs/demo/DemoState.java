package io.riffle.jobs.demo;

import io.riffle.jobs.feed.FeedProgress;
import io.riffle.jobs.feed.HostChannel;
import io.riffle.jobs.lifecycle.StartTime;
import io.riffle.jobs.picture.Columns;
import io.riffle.jobs.picture.Picture;
import io.riffle.jobs.picture.RasterSection;
import io.riffle.jobs.picture.Section;
import io.riffle.jobs.picture.TimeAxis;
import io.riffle.jobs.picture.TraceSection;
import io.riffle.jobs.tap.Tapped;
import io.riffle.jobs.view.BarPanel;
import io.riffle.jobs.view.History;
import io.riffle.jobs.view.LiveView;
import io.riffle.jobs.view.Meters;
import io.riffle.jobs.view.Panel;
import io.riffle.jobs.view.RasterPanel;
import io.riffle.jobs.view.Style;
import io.riffle.schemas.Chunk;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What has come out of the demo's topics so far, and how it looks. One owner: not for several threads. */
final class DemoState {
    private static final double SECONDS_KEPT = 20;
    private static final int COLUMNS_DRAWN = 4096;

    private final String stream;
    private final DemoNetwork network;
    private final List<String> channels;
    private final double dt;
    private final History sensors;
    private final History spikes;
    private final History readOut;
    private final Meters meters;
    private boolean caughtUp;
    private double spikeCount;
    private long spikeSteps;
    private long repeatedSteps;
    private Optional<Duration> firstOutput = Optional.empty();

    DemoState(String stream, DemoNetwork network, List<HostChannel> channels, double dt, URI web) {
        this.stream = stream;
        this.network = network;
        this.channels = channels.stream().map(HostChannel::name).toList();
        this.dt = dt;
        int kept = (int) Math.max(2, Math.min(1_000_000, Math.round(SECONDS_KEPT / dt)));
        sensors = new History(kept, dt);
        spikes = new History(kept, dt);
        readOut = new History(kept, dt);
        meters = new Meters(System.nanoTime(), Optional.of(web));
    }

    void add(ConsumerRecord<String, byte[]> record) {
        if (!(Tapped.of(record) instanceof Tapped.Values values)) {
            meters.reject();
            return;
        }
        Chunk chunk = values.decoded().chunk();
        switch (record.topic()) {
            case DemoTopics.SENSORS -> sensors.add(chunk);
            case DemoTopics.SPIKES -> {
                spikes.add(chunk);
                spikeSteps += chunk.steps();
                for (float count : chunk.values()) {
                    spikeCount += count;
                }
            }
            default -> {
                readOut.add(chunk);
                if (firstOutput.isEmpty()) {
                    firstOutput = Optional.of(StartTime.elapsed());
                }
                meters.steps(chunk.steps(), System.nanoTime());
                // the feed begins while the job still starts; how long that takes is not how late the output is
                caughtUp |= readOut.endStep() >= sensors.endStep();
                if (caughtUp) {
                    double lastSampleMillis = record.timestamp() + (chunk.steps() - 1) * dt * 1e3;
                    meters.latency(Math.round(System.currentTimeMillis() - lastSampleMillis));
                }
            }
        }
    }

    /** Takes what the feed tells at its end. */
    void fed(FeedProgress progress) {
        repeatedSteps = progress.repeatedSteps();
    }

    /** The step after the last one that went all the way. */
    long endStep() {
        return readOut.endStep();
    }

    LiveView view() {
        meters.tick(System.nanoTime());
        List<Panel> panels = new ArrayList<>();
        panels.add(new BarPanel("sensors of " + stream, Style.SENSOR, channels, sensors, BarPanel.Scale.UNIT));
        network.spikes().ifPresent(path -> panels.add(new RasterPanel(path, spikes)));
        panels.add(new BarPanel("read-out", Style.READ_OUT, network.readOutNames(), readOut, BarPanel.Scale.LARGEST));
        String title = readOut.isEmpty() ? "riffle demo: waiting for the first steps" : "riffle demo";
        return new LiveView(title, panels, meters);
    }

    List<String> summary() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%d steps of stream %s in %.1f s, %d of them repeated because their sample came late",
                meters.steps(),
                stream,
                meters.elapsed().toMillis() / 1e3,
                repeatedSteps));
        firstOutput.ifPresent(after ->
                lines.add(String.format(Locale.ROOT, "first output %.1f s after the start", after.toMillis() / 1e3)));
        if (spikeSteps > 0) {
            double perSecond = spikeCount / (spikeSteps * dt);
            lines.add(String.format(
                    Locale.ROOT,
                    "%.0f spikes of %s: %.1f per second, %.2f per second and neuron",
                    spikeCount,
                    network.spikes().orElse(""),
                    perSecond,
                    perSecond / spikes.channels()));
        }
        meters.latencyPercentile(50)
                .ifPresent(p50 -> lines.add("latency from sample to output: p50 %d ms, p99 %d ms"
                        .formatted(p50, meters.latencyPercentile(99).orElseThrow())));
        lines.add("%d records rejected".formatted(meters.rejected()));
        return lines;
    }

    /** Draws the last seconds; nothing to draw before the first steps. */
    boolean draw(Path file) {
        if (readOut.isEmpty()) {
            return false;
        }
        long begin = Math.min(readOut.endStep() - 1, Math.max(readOut.beginStep(), sensors.beginStep()));
        List<Section> sections = new ArrayList<>();
        sections.add(new TraceSection("sensors", "0 idle, 1 all it has", channels, columns(sensors, begin)));
        network.spikes()
                .ifPresent(path -> sections.add(
                        new RasterSection("spikes: " + path, "neuron", List.of(), columns(spikes, begin))));
        sections.add(new TraceSection("read-out", "output", network.readOutNames(), columns(readOut, begin)));
        String title = String.format(
                Locale.ROOT, "riffle demo: stream %s, the last %.0f s", stream, (readOut.endStep() - begin) * dt);
        TimeAxis axis = TimeAxis.beforeTheEnd(begin * dt, readOut.endStep() * dt);
        new Picture(title, axis, sections).write(file);
        return true;
    }

    private Columns columns(History history, long begin) {
        return Columns.of(history, begin, readOut.endStep(), COLUMNS_DRAWN);
    }
}
