package io.riffle.jobs.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.List;
import org.knowm.xchart.XYChart;

/** Events: a mark per neuron and time at which it fired. */
public final class RasterSection implements Section {
    private static final int HEIGHT_PIXELS = 330;
    private static final int MOST_HEIGHT_PIXELS = 900;
    private static final int AROUND_PIXELS = 120;
    private static final Color SPIKE = new Color(0xB45309);
    private static final double LEAST_MARK_PIXELS = 5;
    private static final double MOST_MARK_PIXELS = 14;

    private final String title;
    private final String unit;
    private final ChannelNames names;
    private final Columns spikes;

    /** @param names one per channel, or none where channels have only numbers; @param unit label of the upright axis then */
    public RasterSection(String title, String unit, List<String> names, Columns spikes) {
        this.title = title;
        this.unit = unit;
        this.names = new ChannelNames(names);
        this.spikes = spikes;
    }

    @Override
    public int heightPixels() {
        return names.heightPixels(HEIGHT_PIXELS, MOST_HEIGHT_PIXELS, AROUND_PIXELS);
    }

    @Override
    public int labelPixels() {
        return names.labelPixels(spikes.channels());
    }

    @Override
    public int scalePixels() {
        return 0;
    }

    @Override
    public void paint(Graphics2D graphics, TimeAxis axis, Frame frame) {
        XYChart chart = Charts.empty(title, unit, axis, frame, heightPixels());
        chart.getStyler().setYAxisMin(-1.0);
        chart.getStyler().setYAxisMax((double) Math.max(1, spikes.channels()));
        names.hideNumbers(chart);
        Charts.paint(Charts.withNothing(chart, axis), graphics, axis, frame);
        names.paint(graphics, chart, axis);
        double[] y = new double[spikes.rows()];
        for (int row = 0; row < y.length; row++) {
            y[row] = chart.getScreenYFromChart(row * spikes.channelsPerRow() + (spikes.channelsPerRow() - 1) / 2.0);
        }
        double pixelsPerRow =
                spikes.channelsPerRow() * Math.abs(chart.getScreenYFromChart(1) - chart.getScreenYFromChart(0));
        graphics.setColor(SPIKE);
        graphics.setStroke(new BasicStroke(1.2f));
        graphics.draw(marks(chart, axis, y, markPixels(pixelsPerRow) / 2));
    }

    /** All as one shape, which an SVG file tells in few bytes. */
    private Path2D marks(XYChart chart, TimeAxis axis, double[] y, double half) {
        Path2D marks = new Path2D.Double();
        for (int column = 0; column < spikes.columns(); column++) {
            double x = chart.getScreenXFromChart(axis.of(spikes.middleSeconds(column)));
            for (int row = 0; row < spikes.rows(); row++) {
                if (spikes.any(column, row)) {
                    marks.moveTo(x, y[row] - half);
                    marks.lineTo(x, y[row] + half);
                }
            }
        }
        return marks;
    }

    /** High enough to be seen; where neighbours are near, not much higher than the way to the next. */
    private static double markPixels(double pixelsPerRow) {
        return pixelsPerRow < LEAST_MARK_PIXELS / 2
                ? Math.max(1, 1.3 * pixelsPerRow)
                : Math.max(LEAST_MARK_PIXELS, Math.min(MOST_MARK_PIXELS, 0.7 * pixelsPerRow));
    }
}
