package io.riffle.jobs.picture;

import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.None;

/** The look that all charts of a picture share. */
final class Charts {
    private static final Color INK = new Color(0x333333);
    private static final Color GRID = new Color(0xE5E5E5);

    private static final int LABEL_PIXELS = 60;
    private static final int PIXELS_PER_TIME_LABEL = 90;

    private Charts() {}

    static XYChart empty(String title, String yTitle, TimeSpan span, int widthPixels, int heightPixels) {
        XYChart chart = new XYChartBuilder()
                .title(title)
                .xAxisTitle("seconds before the end")
                .yAxisTitle(yTitle)
                .width(widthPixels)
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
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        // below, and the same room for all labels on the left: so the axes of time stand exactly below each other
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setYAxisLeftWidthHint(LABEL_PIXELS);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendSeriesLineLength(18);
        styler.setXAxisMin(span.beginSeconds());
        styler.setXAxisMax(0.0);
        styler.setXAxisDecimalPattern("0.#");
        styler.setXAxisTickMarkSpacingHint(PIXELS_PER_TIME_LABEL);
        styler.setMarkerSize(5);
        styler.setAntiAlias(true);
        return chart;
    }

    /** XChart draws no axes without a series. */
    static XYChart withNothing(XYChart chart, TimeSpan span) {
        double begin = span.beginSeconds();
        XYSeries series = chart.addSeries("nothing", new double[] {begin, begin / 3, 0}, new double[] {0, 0, 0});
        series.setMarker(new None());
        series.setLineColor(new Color(0, true));
        chart.getStyler().setLegendVisible(false);
        return chart;
    }
}
