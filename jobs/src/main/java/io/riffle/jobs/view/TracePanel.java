package io.riffle.jobs.view;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values over time, one line per channel: time runs from left to right, each line between its own least and largest value. */
public final class TracePanel implements Panel {
    private static final double SECONDS_IN_SIGHT = 8;
    private static final int LABEL_WIDTH = 15;

    private final String heading;
    private final History history;

    public TracePanel(String heading, History history) {
        this.heading = requireNonNull(heading, "heading is null");
        this.history = requireNonNull(history, "history is null");
    }

    @Override
    public int smallestHeight() {
        return 2;
    }

    @Override
    public int wantedHeight(int width, Glyphs glyphs) {
        return 1 + Math.max(1, history.channels());
    }

    @Override
    public boolean isElastic() {
        return true;
    }

    @Override
    public List<Line> lines(int width, int height, Glyphs glyphs) {
        int points = Math.max(1, width - LABEL_WIDTH);
        int stepsPerPoint = (int) Math.max(1, Math.round(SECONDS_IN_SIGHT / history.dt() / points));
        int shown = Math.min(history.channels(), Math.max(0, height - 1));
        List<Line> lines = new ArrayList<>();
        String channels = shown == history.channels()
                ? "%d channels".formatted(shown)
                : "channels 0 to %d of %d".formatted(shown - 1, history.channels());
        lines.add(new Line(
                        Style.HEADING,
                        String.format(
                                Locale.ROOT,
                                "%s: %s, last %.0f s",
                                heading,
                                channels,
                                points * stepsPerPoint * history.dt()))
                .cut(width));
        for (int channel = 0; channel < shown; channel++) {
            String label = String.format(Locale.ROOT, "%4d %9.4g ", channel, history.latest(channel));
            lines.add(new Line(Style.SENSOR, label + trace(channel, points, stepsPerPoint, glyphs)).cut(width));
        }
        return lines;
    }

    private String trace(int channel, int points, int stepsPerPoint, Glyphs glyphs) {
        float least = Float.POSITIVE_INFINITY;
        float largest = Float.NEGATIVE_INFINITY;
        for (long step = history.beginStep(); step < history.endStep(); step++) {
            least = Math.min(least, history.value(step, channel));
            largest = Math.max(largest, history.value(step, channel));
        }
        long endPoint = (history.endStep() + stepsPerPoint - 1) / stepsPerPoint;
        StringBuilder text = new StringBuilder();
        for (long point = endPoint - points; point < endPoint; point++) {
            long step = Math.min((point + 1) * stepsPerPoint, history.endStep()) - 1;
            boolean known = step >= history.beginStep();
            double fraction = largest > least ? (history.value(step, channel) - least) / (largest - least) : 0;
            // the least value that is there is a thin mark, so that it differs from what is not there
            text.append(known ? glyphs.level(Math.max(fraction, 1e-6)) : ' ');
        }
        return text.toString();
    }
}
