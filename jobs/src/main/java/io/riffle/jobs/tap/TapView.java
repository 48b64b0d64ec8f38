package io.riffle.jobs.tap;

import io.riffle.jobs.view.History;
import io.riffle.jobs.view.LinesPanel;
import io.riffle.jobs.view.LiveView;
import io.riffle.jobs.view.Meters;
import io.riffle.jobs.view.Panel;
import io.riffle.jobs.view.RasterPanel;
import io.riffle.jobs.view.Style;
import io.riffle.jobs.view.TracePanel;
import io.riffle.schemas.Chunk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The picture of one topic: each stream as spikes or as traces, by what its values are. */
public final class TapView {
    private static final double SECONDS_KEPT = 12;
    // more would leave none of them a line
    private static final int MOST_STREAMS = 4;

    private final String topic;
    private final boolean live;
    private final Meters meters = new Meters(System.nanoTime(), Optional.empty());
    private final Map<String, History> histories = new LinkedHashMap<>();
    private final LinesPanel refused = new LinesPanel("not accepted", Style.WARNING);

    /** @param live what comes is new, so that its latency says something */
    public TapView(String topic, boolean live) {
        this.topic = topic;
        this.live = live;
    }

    public void add(Tapped tapped) {
        if (tapped instanceof Tapped.Values values) {
            Chunk chunk = values.decoded().chunk();
            double dt = values.decoded().dt();
            if (histories.containsKey(values.name()) || histories.size() < MOST_STREAMS) {
                histories
                        .computeIfAbsent(values.name(), name -> new History(stepsKept(dt), dt))
                        .add(chunk);
            }
            meters.steps(chunk.steps(), System.nanoTime());
            if (live) {
                double lastStepMillis = values.record().timestamp() + (chunk.steps() - 1) * dt * 1e3;
                meters.latency(Math.round(System.currentTimeMillis() - lastStepMillis));
            }
        } else {
            meters.reject();
            refused.add(TextLines.of(tapped));
        }
    }

    public LiveView view() {
        meters.tick(System.nanoTime());
        List<Panel> panels = new ArrayList<>();
        histories.forEach((name, history) ->
                panels.add(history.isCounts() ? new RasterPanel(name, history) : new TracePanel(name, history)));
        if (!refused.isEmpty()) {
            panels.add(refused);
        }
        String title = panels.isEmpty() ? "waiting for data on topic " + topic : "topic " + topic;
        return new LiveView(title, panels, meters);
    }

    private static int stepsKept(double dt) {
        return (int) Math.max(10, Math.min(100_000, Math.round(SECONDS_KEPT / dt)));
    }
}
