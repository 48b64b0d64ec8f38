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
import java.util.HashMap;
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
    private final Map<String, Long> runs = new HashMap<>();
    private final LinesPanel samples = new LinesPanel("samples", Style.SENSOR);
    private final LinesPanel notices = new LinesPanel("notices", Style.WARNING);
    private final LinesPanel refused = new LinesPanel("not accepted", Style.WARNING);

    /** @param live what comes is new, so that its latency says something */
    public TapView(String topic, boolean live) {
        this.topic = topic;
        this.live = live;
    }

    public void add(Tapped tapped) {
        if (tapped instanceof Tapped.Values values) {
            add(values);
        } else if (tapped instanceof Tapped.Measured) {
            samples.add(TextLines.of(tapped));
        } else if (tapped instanceof Tapped.Noticed) {
            notices.add(TextLines.of(tapped));
        } else {
            meters.reject();
            refused.add(TextLines.of(tapped));
        }
    }

    private void add(Tapped.Values values) {
        Chunk chunk = values.decoded().chunk();
        if (chunk.isHeartbeat()) {
            return; // nothing to see
        }
        double dt = values.decoded().dt();
        Long before = runs.put(values.name(), chunk.run());
        if (before != null && before != chunk.run()) {
            histories.remove(values.name()); // the steps begin anew
        }
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
    }

    public LiveView view() {
        meters.tick(System.nanoTime());
        List<Panel> panels = new ArrayList<>();
        histories.forEach((name, history) ->
                panels.add(history.isCounts() ? new RasterPanel(name, history) : new TracePanel(name, history)));
        for (LinesPanel lines : List.of(samples, notices, refused)) {
            if (!lines.isEmpty()) {
                panels.add(lines);
            }
        }
        String title = panels.isEmpty() ? "waiting for data on topic " + topic : "topic " + topic;
        return new LiveView(title, panels, meters);
    }

    private static int stepsKept(double dt) {
        return (int) Math.max(10, Math.min(100_000, Math.round(SECONDS_KEPT / dt)));
    }
}
