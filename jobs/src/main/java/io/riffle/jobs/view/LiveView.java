package io.riffle.jobs.view;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/** The whole picture: a title, panels below each other, the status at the bottom. Pure: the same state, the same lines. */
public final class LiveView {
    private static final String SEPARATOR = "  ";
    // an elastic panel keeps at least so many lines before others get all they want
    private static final int ELASTIC_SHARE = 7;

    private final String title;
    private final List<Panel> panels;
    private final Meters meters;

    public LiveView(String title, List<Panel> panels, Meters meters) {
        this.title = requireNonNull(title, "title is null");
        this.panels = List.copyOf(panels);
        this.meters = requireNonNull(meters, "meters is null");
    }

    /** At most height lines, none wider than width. */
    public List<Line> lines(int width, int height, Glyphs glyphs) {
        List<Line> status = status(width);
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(Style.TITLE, title).cut(width));
        int[] heights = heights(width, height - 1 - status.size(), glyphs);
        for (int index = 0; index < heights.length; index++) {
            if (heights[index] > 0) {
                lines.addAll(panels.get(index).lines(width, heights[index], glyphs));
            }
        }
        lines.addAll(status);
        return lines.size() <= height ? lines : lines.subList(0, Math.max(0, height));
    }

    /** The picture in one line, for where there is no screen. */
    public String summary() {
        List<String> texts = new ArrayList<>(List.of(title));
        texts.addAll(meters.texts());
        panels.stream().map(Panel::summary).filter(text -> !text.isEmpty()).forEach(texts::add);
        return String.join(SEPARATOR, texts);
    }

    /** Each panel its smallest height as far as they go, then what is left, in order, to those who can use it. */
    private int[] heights(int width, int height, Glyphs glyphs) {
        int[] heights = new int[panels.size()];
        int left = height;
        for (int index = 0; index < heights.length; index++) {
            int smallest = panels.get(index).smallestHeight();
            if (smallest <= left) {
                heights[index] = smallest;
                left -= smallest;
            }
        }
        boolean anyElastic = panels.stream().anyMatch(Panel::isElastic);
        int reserve = anyElastic ? Math.max(0, Math.min(left, ELASTIC_SHARE - 2)) : 0;
        for (boolean elastic : new boolean[] {false, true}) {
            for (int index = 0; index < heights.length; index++) {
                Panel panel = panels.get(index);
                int more = panel.wantedHeight(width, glyphs) - heights[index];
                if (panel.isElastic() == elastic && heights[index] > 0 && more > 0) {
                    int available = elastic ? left : left - reserve;
                    int granted = elastic ? Math.min(more, available) : more <= available ? more : 0;
                    heights[index] += granted;
                    left -= granted;
                }
            }
        }
        return heights;
    }

    private List<Line> status(int width) {
        Style style = meters.rejected() > 0 ? Style.WARNING : Style.STATUS;
        List<Line> lines = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (String part : meters.texts()) {
            boolean fits = text.length() + SEPARATOR.length() + part.length() <= width;
            if (text.length() > 0 && !fits) {
                lines.add(new Line(style, text.toString()).cut(width));
                text.setLength(0);
            }
            text.append(text.length() > 0 ? SEPARATOR : "").append(part);
        }
        lines.add(new Line(style, text.toString()).cut(width));
        return lines;
    }
}
