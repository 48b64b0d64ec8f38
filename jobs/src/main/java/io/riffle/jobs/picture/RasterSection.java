package io.riffle.jobs.picture;

import io.riffle.jobs.view.History;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/** Spikes: a point per neuron and step in which it fired. */
public final class RasterSection implements Section {
    private static final int HEIGHT_PIXELS = 330;
    private static final Color SPIKE = new Color(0xB45309);

    private final String title;
    private final History spikes;

    public RasterSection(String title, History spikes) {
        this.title = title;
        this.spikes = spikes;
    }

    @Override
    public int heightPixels() {
        return HEIGHT_PIXELS;
    }

    @Override
    public XYChart chart(TimeSpan span, int widthPixels) {
        XYChart chart = Charts.empty(title, "neuron", span, widthPixels, HEIGHT_PIXELS);
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setYAxisMin(-1.0);
        chart.getStyler().setYAxisMax((double) Math.max(1, spikes.channels()));
        List<Double> seconds = new ArrayList<>();
        List<Double> neurons = new ArrayList<>();
        for (long step = span.beginStep(); step < span.endStep(); step++) {
            for (int neuron = 0; neuron < spikes.channels(); neuron++) {
                if (spikes.value(step, neuron) > 0) {
                    seconds.add(span.secondsOf(step));
                    neurons.add((double) neuron);
                }
            }
        }
        if (seconds.isEmpty()) {
            return Charts.withNothing(chart, span);
        }
        XYSeries series = chart.addSeries("spikes", seconds, neurons);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        series.setMarker(new Tick());
        series.setMarkerColor(SPIKE);
        return chart;
    }
}
