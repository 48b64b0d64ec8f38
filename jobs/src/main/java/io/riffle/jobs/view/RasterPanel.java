package io.riffle.jobs.view;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Spikes over time: time runs from left to right, neuron 0 is on top. When there are more neurons than points above
 * each other, neighbours share a row.
 */
public final class RasterPanel implements Panel {
    private static final double SECONDS_IN_SIGHT = 8;
    private static final int LABEL_WIDTH = 5;

    private final String heading;
    private final History history;

    public RasterPanel(String heading, History history) {
        this.heading = requireNonNull(heading, "heading is null");
        this.history = requireNonNull(history, "history is null");
    }

    @Override
    public int smallestHeight() {
        return 2;
    }

    @Override
    public int wantedHeight(int width, Glyphs glyphs) {
        int rows = Math.max(1, history.channels());
        return 1 + (rows + glyphs.rowsPerCell() - 1) / glyphs.rowsPerCell();
    }

    @Override
    public boolean isElastic() {
        return true;
    }

    @Override
    public List<Line> lines(int width, int height, Glyphs glyphs) {
        int points = Math.max(1, width - LABEL_WIDTH) * glyphs.columnsPerCell();
        int stepsPerPoint = (int) Math.max(1, Math.round(SECONDS_IN_SIGHT / history.dt() / points));
        List<Line> lines = new ArrayList<>();
        lines.add(heading(points * stepsPerPoint * history.dt()).cut(width));
        if (history.isEmpty()) {
            return lines;
        }
        int pointRows = Math.max(1, height - 1) * glyphs.rowsPerCell();
        int neuronsPerPoint = (history.channels() + pointRows - 1) / pointRows;
        int neuronsPerLine = neuronsPerPoint * glyphs.rowsPerCell();
        for (int neuron = 0; neuron < history.channels(); neuron += neuronsPerLine) {
            String label = String.format(Locale.ROOT, "%" + (LABEL_WIDTH - 1) + "d ", neuron);
            String cells = cells(neuron, neuronsPerPoint, stepsPerPoint, width - LABEL_WIDTH, glyphs);
            lines.add(new Line(Style.SPIKE, (label + cells).stripTrailing()).cut(width));
        }
        return lines;
    }

    @Override
    public String summary() {
        return String.format(Locale.ROOT, "%.0f spikes/s", spikesPerSecond());
    }

    private Line heading(double seconds) {
        return new Line(
                Style.HEADING,
                String.format(
                        Locale.ROOT,
                        "%s: %d neurons, last %.0f s, %.0f spikes/s",
                        heading,
                        history.channels(),
                        seconds,
                        spikesPerSecond()));
    }

    /** Over the last second. */
    private double spikesPerSecond() {
        long second = Math.max(1, Math.round(1 / history.dt()));
        long end = history.endStep();
        return history.sum(end - second, end, 0, history.channels()) / (second * history.dt());
    }

    /** Points lie on a grid of steps, so that what was drawn once keeps its shape while it moves. */
    private String cells(int neuron, int neuronsPerPoint, int stepsPerPoint, int width, Glyphs glyphs) {
        int columns = glyphs.columnsPerCell();
        int rows = glyphs.rowsPerCell();
        long stepsPerCell = (long) stepsPerPoint * columns;
        long endCell = (history.endStep() + stepsPerCell - 1) / stepsPerCell;
        StringBuilder text = new StringBuilder();
        int[][] counts = new int[columns][rows];
        for (long cell = endCell - width; cell < endCell; cell++) {
            for (int column = 0; column < columns; column++) {
                long step = cell * stepsPerCell + (long) column * stepsPerPoint;
                for (int row = 0; row < rows; row++) {
                    int from = neuron + row * neuronsPerPoint;
                    counts[column][row] = (int) history.sum(step, step + stepsPerPoint, from, from + neuronsPerPoint);
                }
            }
            text.append(glyphs.cell(counts));
        }
        return text.toString();
    }
}
