package io.riffle.jobs.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/** Values over time, a line per channel. */
public final class TraceSection implements Section {
    /** More lines cannot be told from each other, so the ones that move most are drawn. */
    public static final int MOST_LINES = 8;

    private static final int HEIGHT_PIXELS = 290;
    private static final BasicStroke LINE = new BasicStroke(1.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    /** How wide a step without neighbours is drawn. */
    private static final double POINT_PIXELS = 6;

    private static final int MARGIN_PIXELS = 40;
    /** Of the legend: the line before a name and the space around it. */
    private static final int BESIDE_NAME_PIXELS = 36;

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
    private final Columns values;

    /** @param names one per channel, or none where channels have only numbers; @param unit label of the upright axis */
    public TraceSection(String title, String unit, List<String> names, Columns values) {
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
    public int labelPixels() {
        Range range = Range.of(values).wide();
        return range.isEmpty() ? Charts.LABEL_PIXELS : Charts.labelPixels(range.marks(MOST_LINES));
    }

    @Override
    public int scalePixels() {
        return 0;
    }

    @Override
    public void paint(Graphics2D graphics, TimeAxis axis, Frame frame) {
        List<Integer> shown = liveliest();
        String suffix = shown.size() < values.channels()
                ? " (%d of %d, those that move most)".formatted(shown.size(), values.channels())
                : "";
        XYChart chart = Charts.empty(title + suffix, unit, axis, frame, HEIGHT_PIXELS);
        Range range = Range.of(values).wide();
        if (shown.isEmpty() || range.isEmpty()) {
            Charts.paint(Charts.withNothing(chart, axis), graphics, axis, frame);
            return;
        }
        int room = frame.chartPixels() - MARGIN_PIXELS - shown.size() * BESIDE_NAME_PIXELS;
        List<String> shownNames =
                ChannelNames.fit(shown.stream().map(this::name).toList(), room);
        for (int line = 0; line < shown.size(); line++) {
            XYSeries series = Charts.addNothing(chart, Integer.toString(line), axis, range);
            series.setLabel(shownNames.get(line));
            series.setLineStyle(LINE);
            series.setLineColor(COLOURS[line]);
        }
        Charts.paint(chart, graphics, axis, frame);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setStroke(LINE);
        for (int line = 0; line < shown.size(); line++) {
            graphics.setColor(COLOURS[line]);
            graphics.draw(line(chart, axis, shown.get(line)));
            graphics.fill(points(chart, axis, shown.get(line)));
        }
    }

    /**
     * Through each step; where a column holds several, through its least and its greatest value, so that no peak is lost;
     * interrupted where there is no step. XChart would draw every piece for itself, which makes an SVG file large.
     */
    private Path2D line(XYChart chart, TimeAxis axis, int channel) {
        Path2D line = new Path2D.Double();
        boolean begun = false;
        double last = 0;
        for (int column = 0; column < values.columns(); column++) {
            if (values.isEmpty(column)) {
                begun = false;
                continue;
            }
            double x = chart.getScreenXFromChart(axis.of(values.middleSeconds(column)));
            double least = chart.getScreenYFromChart(values.least(column, channel));
            double greatest = chart.getScreenYFromChart(values.greatest(column, channel));
            boolean fromGreatest = begun && Math.abs(last - greatest) < Math.abs(last - least);
            double first = fromGreatest ? greatest : least;
            last = fromGreatest ? least : greatest;
            if (begun) {
                line.lineTo(x, first);
            } else {
                line.moveTo(x, first);
            }
            if (first != last) {
                line.lineTo(x, last);
            }
            begun = true;
        }
        return line;
    }

    /** The steps without neighbours, which no line would show. */
    private Path2D points(XYChart chart, TimeAxis axis, int channel) {
        Path2D points = new Path2D.Double();
        for (int column = 0; column < values.columns(); column++) {
            boolean alone = !values.isEmpty(column)
                    && (column == 0 || values.isEmpty(column - 1))
                    && (column + 1 == values.columns() || values.isEmpty(column + 1));
            if (alone) {
                double x = chart.getScreenXFromChart(axis.of(values.middleSeconds(column)));
                double y = chart.getScreenYFromChart(values.mean(column, channel));
                points.append(
                        new Ellipse2D.Double(x - POINT_PIXELS / 2, y - POINT_PIXELS / 2, POINT_PIXELS, POINT_PIXELS),
                        false);
            }
        }
        return points;
    }

    private String name(int channel) {
        return channel < names.size() ? names.get(channel) : Integer.toString(channel);
    }

    /** In the order of the channels. */
    private List<Integer> liveliest() {
        return IntStream.range(0, values.rows())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer channel) -> -way(channel)))
                .limit(MOST_LINES)
                .sorted()
                .toList();
    }

    /** How far a channel went up and down altogether. */
    private double way(int channel) {
        double way = 0;
        double last = Double.NaN;
        for (int column = 0; column < values.columns(); column++) {
            if (values.isEmpty(column)) {
                continue;
            }
            double mean = values.mean(column, channel);
            way += values.greatest(column, channel) - values.least(column, channel);
            way += Double.isNaN(last) ? 0 : Math.abs(mean - last);
            last = mean;
        }
        return way;
    }
}
