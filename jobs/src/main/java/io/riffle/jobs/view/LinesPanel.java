package io.riffle.jobs.view;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last lines of something, newest at the bottom. */
public final class LinesPanel implements Panel {
    private static final int KEPT = 200;
    private static final int WANTED = 12;

    private final String heading;
    private final Style style;
    private final Deque<String> last = new ArrayDeque<>();

    public LinesPanel(String heading, Style style) {
        this.heading = requireNonNull(heading, "heading is null");
        this.style = requireNonNull(style, "style is null");
    }

    public void add(String line) {
        last.addLast(line);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    public boolean isEmpty() {
        return last.isEmpty();
    }

    @Override
    public int smallestHeight() {
        return 2;
    }

    @Override
    public int wantedHeight(int width, Glyphs glyphs) {
        return 1 + Math.min(WANTED, last.size());
    }

    @Override
    public boolean isElastic() {
        return true;
    }

    @Override
    public List<Line> lines(int width, int height, Glyphs glyphs) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(Style.HEADING, heading).cut(width));
        last.stream()
                .skip(Math.max(0, last.size() - Math.max(0, height - 1)))
                .forEach(text -> lines.add(new Line(style, text).cut(width)));
        return lines;
    }
}
