package io.riffle.jobs.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.None;

/** The look that all charts of a picture share. */
final class Charts {
    static final Color INK = new Color(0x333333);
    static final Font LABEL_FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    static final int LABEL_PIXELS = 60;
    /** Of the axis' length: what XChart leaves free before its begin and after its end. */
    private static final double MARGIN_SHARE = 0.04 / 0.92;

    private static final Font TITLE_FONT = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    private static final Color GRID = new Color(0xE5E5E5);
    private static final int PIXELS_PER_TIME_LABEL = 90;
    private static final int BESIDE_NUMBER_PIXELS = 36;

    private Charts() {}

    static XYChart empty(String title, String yTitle, TimeAxis axis, Frame frame, int heightPixels) {
        XYChart chart = new XYChartBuilder()
                .title(ChannelNames.fit(title, TITLE_FONT, 0.8 * frame.chartPixels()))
                .xAxisTitle(axis.label())
                .yAxisTitle(yTitle)
                .width(frame.chartPixels())
                .height(heightPixels)
                .build();
        XYStyler styler = chart.getStyler();
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setChartFontColor(INK);
        styler.setAxisTickLabelsColor(INK);
        styler.setPlotGridLinesColor(GRID);
        styler.setChartTitleBoxVisible(false);
        styler.setChartTitleFont(TITLE_FONT);
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setAxisTickLabelsFont(LABEL_FONT);
        styler.setLegendFont(LABEL_FONT);
        // below, and the same room for all labels on the left: so the axes of time stand exactly below each other
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setYAxisLeftWidthHint(frame.labelPixels());
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendSeriesLineLength(18);
        styler.setXAxisMin(axis.begin());
        styler.setXAxisMax(axis.end());
        styler.setXAxisDecimalPattern(pattern(axis));
        styler.setXAxisTickMarkSpacingHint(PIXELS_PER_TIME_LABEL);
        styler.setMarkerSize(5);
        styler.setAntiAlias(true);
        chart.setCustomYAxisTickLabelsFormatter(Charts::number);
        return chart;
    }

    /** Enough digits to tell the labels of the axis from each other. */
    private static String pattern(TimeAxis axis) {
        int digits = (int) Math.ceil(1 - Math.log10(axis.end() - axis.begin()));
        return "0." + "#".repeat(Math.max(1, Math.min(12, digits + 1)));
    }

    /** XChart draws no axes without a series. */
    static XYChart withNothing(XYChart chart, TimeAxis axis) {
        addNothing(chart, "nothing", axis, new Range(0, 0));
        chart.getStyler().setLegendVisible(false);
        return chart;
    }

    /**
     * A series that is in the legend and in the range of the axes, and draws nothing. On one with times at equal
     * distances XChart would put its labels at some of these, not at round ones.
     */
    static XYSeries addNothing(XYChart chart, String name, TimeAxis axis, Range range) {
        double[] times = {axis.begin(), axis.begin() + (axis.end() - axis.begin()) / 3, axis.end()};
        double[] values = {range.least(), Double.NaN, range.greatest()};
        XYSeries series = chart.addSeries(name, times, values);
        series.setMarker(new None());
        return series;
    }

    /**
     * Paints, and moves the graphics so that what the chart calls a place on the screen is meant: XChart gives long labels
     * more room than it was told, and the axes of time would not stand below each other.
     */
    static void paint(XYChart chart, Graphics2D graphics, TimeAxis axis, Frame frame) {
        Graphics2D nowhere = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        chart.paint(nowhere, frame.chartPixels(), chart.getHeight());
        nowhere.dispose();
        int shift = (int) Math.round(frame.labelPixels() - leftOf(chart, axis));
        graphics.translate(shift, 0);
        Graphics2D own = (Graphics2D) graphics.create();
        chart.paint(own, frame.chartPixels() - shift, chart.getHeight());
        own.dispose();
    }

    /** Where the upright axis stands. */
    static double leftOf(XYChart chart, TimeAxis axis) {
        double begin = chart.getScreenXFromChart(axis.begin());
        double end = chart.getScreenXFromChart(axis.end());
        return begin - (end - begin) * MARGIN_SHARE;
    }

    /** The room on the left that such numbers need. */
    static int labelPixels(double... numbers) {
        double widest = DoubleStream.of(numbers)
                .map(number -> ChannelNames.width(number(number)))
                .max()
                .orElse(0);
        return Math.max(LABEL_PIXELS, (int) Math.ceil(widest) + BESIDE_NUMBER_PIXELS);
    }

    /** As it stands at an axis: six digits are enough. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size < 1e-12) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value, new MathContext(6)).stripTrailingZeros();
        return size < 1e-4 || size >= 1e7 ? rounded.toString() : rounded.toPlainString();
    }
}
