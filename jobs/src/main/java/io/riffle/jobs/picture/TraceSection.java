package io.riffle.jobs.picture;

import io.riffle.jobs.view.History;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.None;

/** Values over time, a line per channel. */
public final class TraceSection implements Section {
    private static final int HEIGHT_PIXELS = 290;
    /** More lines cannot be told from each other, so the ones that move most are drawn. */
    private static final int MOST_LINES = 8;

    // Okabe and Ito's colours, which people who see fewer colours can tell from each other as well
    private static final Color[] COLOURS = {
        new Color(0x0072B2),
        new Color(0xD55E00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0x56B4E9),
        new Color(0xE69F00),
        new Color(0x000000),
        new Color(0x8C8C8C)
    };

    private final String title;
    private final String unit;
    private final List<String> names;
    private final History values;

    /** @param names one per channel; @param unit label of the upright axis */
    public TraceSection(String title, String unit, List<String> names, History values) {
        this.title = title;
        this.unit = unit;
        this.names = List.copyOf(names);
        this.values = values;
    }

    @Override
    public int heightPixels() {
        return HEIGHT_PIXELS;
    }

    @Override
    public XYChart chart(TimeSpan span, int widthPixels) {
        List<Integer> shown = liveliest(span);
        String suffix = shown.size() < values.channels()
                ? " (%d of %d, those that move most)".formatted(shown.size(), values.channels())
                : "";
        XYChart chart = Charts.empty(title + suffix, unit, span, widthPixels, HEIGHT_PIXELS);
        if (shown.isEmpty() || span.endStep() - span.beginStep() < 2) {
            return Charts.withNothing(chart, span);
        }
        double[] seconds = steps(span).mapToDouble(span::secondsOf).toArray();
        // On values at equal distances XChart puts its labels at some of these, not at round ones.
        seconds[0] += span.dt() / 4;
        for (int line = 0; line < shown.size(); line++) {
            int channel = shown.get(line);
            double[] trace =
                    steps(span).mapToDouble(step -> values.value(step, channel)).toArray();
            String name = channel < names.size() ? names.get(channel) : Integer.toString(channel);
            XYSeries series = chart.addSeries(name, seconds, trace);
            series.setMarker(new None());
            series.setLineStyle(new BasicStroke(1.4f));
            series.setLineColor(COLOURS[line]);
        }
        return chart;
    }

    private static LongStream steps(TimeSpan span) {
        return LongStream.range(span.beginStep(), span.endStep());
    }

    /** In the order of the channels. */
    private List<Integer> liveliest(TimeSpan span) {
        return IntStream.range(0, values.channels())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer channel) -> -way(channel, span)))
                .limit(MOST_LINES)
                .sorted()
                .toList();
    }

    /** How far a channel went up and down altogether. */
    private double way(int channel, TimeSpan span) {
        double way = 0;
        for (long step = span.beginStep() + 1; step < span.endStep(); step++) {
            way += Math.abs(values.value(step, channel) - values.value(step - 1, channel));
        }
        return way;
    }
}
