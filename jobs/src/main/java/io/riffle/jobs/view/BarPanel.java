package io.riffle.jobs.view;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The newest value of each channel as a bar with its name, or, where room is short, all of them in one line. */
public final class BarPanel implements Panel {
    private static final int NAME_WIDTH = 14;
    private static final int VALUE_WIDTH = 6;
    private static final int ENTRY_WIDTH = 26;

    private final String heading;
    private final Style style;
    private final List<String> names;
    private final History history;
    private final Scale scale;

    /** What a full bar means. */
    public enum Scale {
        /** 1. */
        UNIT,
        /** The largest value in sight. */
        LARGEST
    }

    public BarPanel(String heading, Style style, List<String> names, History history, Scale scale) {
        this.heading = requireNonNull(heading, "heading is null");
        this.style = requireNonNull(style, "style is null");
        this.names = List.copyOf(names);
        this.history = requireNonNull(history, "history is null");
        this.scale = requireNonNull(scale, "scale is null");
    }

    @Override
    public int smallestHeight() {
        return 1;
    }

    @Override
    public int wantedHeight(int width, Glyphs glyphs) {
        return 1 + rows(width);
    }

    @Override
    public boolean isElastic() {
        return false;
    }

    @Override
    public List<Line> lines(int width, int height, Glyphs glyphs) {
        if (height < wantedHeight(width, glyphs)) {
            return height < 1 ? List.of() : List.of(shortLine(glyphs).cut(width));
        }
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(Style.HEADING, heading).cut(width));
        int rows = rows(width);
        int entryWidth = width / columns(width);
        double full = full();
        for (int row = 0; row < rows; row++) {
            StringBuilder text = new StringBuilder();
            for (int channel = row; channel < names.size(); channel += rows) {
                text.append(entry(channel, entryWidth, full, glyphs));
            }
            lines.add(new Line(style, text.toString().stripTrailing()).cut(width));
        }
        return lines;
    }

    private String entry(int channel, int width, double full, Glyphs glyphs) {
        float value = channel < history.channels() ? history.latest(channel) : 0;
        int barWidth = Math.max(0, width - NAME_WIDTH - VALUE_WIDTH - 2);
        return Glyphs.pad(names.get(channel), NAME_WIDTH)
                + ' '
                + glyphs.bar(Math.abs(value) / full, barWidth)
                + String.format(Locale.ROOT, "%" + VALUE_WIDTH + ".2f ", value);
    }

    private Line shortLine(Glyphs glyphs) {
        StringBuilder text = new StringBuilder(heading).append(' ');
        double full = full();
        for (int channel = 0; channel < names.size(); channel++) {
            float value = channel < history.channels() ? history.latest(channel) : 0;
            text.append(glyphs.level(Math.abs(value) / full));
        }
        return new Line(style, text.toString().stripTrailing());
    }

    private double full() {
        if (scale == Scale.UNIT) {
            return 1;
        }
        float largest = history.largest();
        return largest > 0 ? largest : 1;
    }

    private int columns(int width) {
        return Math.max(1, Math.min(names.size(), width / ENTRY_WIDTH));
    }

    private int rows(int width) {
        int columns = columns(width);
        return (names.size() + columns - 1) / columns;
    }
}
