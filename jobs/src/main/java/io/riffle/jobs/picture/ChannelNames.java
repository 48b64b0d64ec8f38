package io.riffle.jobs.picture;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.util.List;
import org.knowm.xchart.XYChart;

/** The names of channels, along the left axis and as long as there is room. */
final class ChannelNames {
    private static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);
    private static final int PIXELS_PER_NAME = 12;
    private static final int MOST_PIXELS = 190;
    /** Of an axis: its title, and the mark beside a name. */
    private static final int BESIDE_PIXELS = 34;

    private static final int GAP_PIXELS = 14;

    private final List<String> names;

    /** @param names one per channel, or none where channels have only numbers */
    ChannelNames(List<String> names) {
        this.names = List.copyOf(names);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** @param channels of which there are so many */
    int labelPixels(int channels) {
        if (names.isEmpty()) {
            return Charts.labelPixels(channels);
        }
        double widest = names.stream().mapToDouble(ChannelNames::width).max().orElse(0);
        int wanted = (int) Math.ceil(Math.min(MOST_PIXELS, widest)) + BESIDE_PIXELS;
        return Math.max(Charts.LABEL_PIXELS, wanted);
    }

    /** High enough for all names, if these are not too many. */
    int heightPixels(int least, int most, int frame) {
        return Math.max(least, Math.min(most, names.size() * PIXELS_PER_NAME + frame));
    }

    /** Leaves the room to the names, if there are any. */
    void hideNumbers(XYChart chart) {
        if (!names.isEmpty()) {
            chart.setCustomYAxisTickLabelsFormatter(number -> " ");
            chart.getStyler().setYAxisTitleVisible(false);
        }
    }

    /** On a chart that is painted already. */
    void paint(Graphics2D graphics, XYChart chart, TimeAxis axis) {
        if (names.isEmpty()) {
            return;
        }
        double pixelsPerChannel = Math.abs(chart.getScreenYFromChart(1) - chart.getScreenYFromChart(0));
        int every = every(pixelsPerChannel);
        double left = Charts.leftOf(chart, axis);
        graphics.setFont(Charts.LABEL_FONT);
        graphics.setColor(Charts.INK);
        for (int channel = 0; channel < names.size(); channel += every) {
            String name = fit(names.get(channel), MOST_PIXELS);
            float x = (float) (left - GAP_PIXELS - width(name));
            graphics.drawString(name, x, (float) chart.getScreenYFromChart(channel) + 4);
        }
    }

    /** Every first, second, fifth, tenth .. name. */
    static int every(double pixelsPerChannel) {
        int decade = 1;
        while (true) {
            for (int factor : new int[] {1, 2, 5}) {
                if (factor * decade * pixelsPerChannel >= PIXELS_PER_NAME - 1.0) {
                    return factor * decade;
                }
            }
            decade *= 10;
        }
    }

    /** The name, or its begin and its end, which tell more than its middle. */
    static String fit(String name, double pixels) {
        return fit(name, Charts.LABEL_FONT, pixels);
    }

    static String fit(String text, Font font, double pixels) {
        String name = text.replaceAll("\\p{Cntrl}", " "); // which XML cannot hold
        if (width(name, font) <= pixels) {
            return name;
        }
        for (int kept = name.length() - 2; kept > 1; kept--) {
            int head = (kept + 1) / 2;
            String shorter = name.substring(0, head) + "\u2026" + name.substring(name.length() - kept / 2);
            if (width(shorter, font) <= pixels) {
                return shorter;
            }
        }
        return "\u2026";
    }

    /** All of them side by side: the longest are shortened as far as is needed. */
    static List<String> fit(List<String> names, double pixels) {
        double most = names.stream().mapToDouble(ChannelNames::width).max().orElse(0);
        while (true) {
            double limit = most;
            double total = names.stream()
                    .mapToDouble(name -> Math.min(limit, width(name)))
                    .sum();
            if (total <= pixels || limit < PIXELS_PER_NAME) {
                return names.stream().map(name -> fit(name, limit)).toList();
            }
            most *= 0.95;
        }
    }

    static double width(String text) {
        return width(text, Charts.LABEL_FONT);
    }

    private static double width(String text, Font font) {
        return text.isEmpty() ? 0 : new TextLayout(text, font, MEASURE).getAdvance();
    }
}
