package io.riffle.jobs.picture;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.XYChart;

/** Values of many channels over time as colours, with a scale of the colours beside them. */
public final class HeatSection implements Section {
    private static final int HEIGHT_PIXELS = 330;
    private static final int MOST_HEIGHT_PIXELS = 900;
    private static final int AROUND_PIXELS = 120;
    private static final int SCALE_PIXELS = 90;
    private static final int BAR_PIXELS = 14;
    private static final int PIXELS_PER_LABEL = 30;
    private static final int TRANSPARENT = 0;

    private final String title;
    private final String unit;
    private final ChannelNames names;
    private final Columns values;

    /** @param names one per channel, or none where channels have only numbers; @param unit label of the upright axis then */
    public HeatSection(String title, String unit, List<String> names, Columns values) {
        this.title = title;
        this.unit = unit;
        this.names = new ChannelNames(names);
        this.values = values;
    }

    @Override
    public int heightPixels() {
        return names.heightPixels(HEIGHT_PIXELS, MOST_HEIGHT_PIXELS, AROUND_PIXELS);
    }

    @Override
    public int labelPixels() {
        return names.labelPixels(values.channels());
    }

    @Override
    public int scalePixels() {
        return SCALE_PIXELS;
    }

    @Override
    public void paint(Graphics2D graphics, TimeAxis axis, Frame frame) {
        XYChart chart = Charts.empty(title, unit, axis, frame, heightPixels());
        chart.getStyler().setYAxisMin(-0.5);
        chart.getStyler().setYAxisMax(Math.max(1, values.channels()) - 0.5);
        names.hideNumbers(chart);
        Charts.paint(Charts.withNothing(chart, axis), graphics, axis, frame);
        names.paint(graphics, chart, axis);
        Range range = Range.ofMeans(values);
        if (range.isEmpty()) {
            return;
        }
        int left = (int) Math.round(chart.getScreenXFromChart(axis.begin()));
        int right = (int) Math.round(chart.getScreenXFromChart(axis.end()));
        int top = (int) Math.round(chart.getScreenYFromChart(values.channels() - 0.5));
        int bottom = (int) Math.round(chart.getScreenYFromChart(-0.5));
        BufferedImage image = image(axis, range, (right - left) * frame.detail(), (bottom - top) * frame.detail());
        graphics.drawImage(image, left, top, right - left, bottom - top, null);
        paintScale(graphics, range, right + BAR_PIXELS, top, bottom);
    }

    /** Pixel by pixel, so that no viewer blurs it. */
    private BufferedImage image(TimeAxis axis, Range range, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        double begin = values.beginSeconds(0);
        double secondsPerColumn = values.beginSeconds(1) - begin;
        for (int x = 0; x < width; x++) {
            double seconds = axis.beginSeconds() + (x + 0.5) / width * (axis.endSeconds() - axis.beginSeconds());
            int column = (int) Math.floor((seconds - begin) / secondsPerColumn);
            boolean known = column >= 0 && column < values.columns() && !values.isEmpty(column);
            for (int y = 0; y < height; y++) {
                int channel = (int) ((height - y - 0.5) / height * values.channels());
                int row = channel / values.channelsPerRow();
                image.setRGB(x, y, known ? Viridis.at(range.share(values.mean(column, row))) : TRANSPARENT);
            }
        }
        return image;
    }

    private static void paintScale(Graphics2D graphics, Range range, int left, int top, int bottom) {
        int height = bottom - top;
        BufferedImage bar = new BufferedImage(1, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            bar.setRGB(0, y, Viridis.at((height - y - 0.5) / height));
        }
        graphics.drawImage(bar, left, top, BAR_PIXELS, height, null);
        graphics.setColor(Charts.INK);
        graphics.setFont(Charts.LABEL_FONT);
        graphics.setStroke(new BasicStroke(1));
        int labels = Math.max(2, height / PIXELS_PER_LABEL);
        for (double value : range.marks(labels)) {
            int y = (int) Math.round(bottom - range.share(value) * height);
            graphics.drawLine(left + BAR_PIXELS, y, left + BAR_PIXELS + 4, y);
            graphics.drawString(Charts.number(value), left + BAR_PIXELS + 8f, y + 4f);
        }
    }
}
