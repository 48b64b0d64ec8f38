package io.riffle.jobs.view;

import java.util.List;

/** A part of the picture, as wide as the whole. */
public interface Panel {
    /** Lines below which it shows nothing of use. */
    int smallestHeight();

    /** Lines with which it shows all. */
    int wantedHeight(int width, Glyphs glyphs);

    /** Whether lines between the smallest and the wanted height make it better, or only the wanted one does. */
    boolean isElastic();

    /** What it says in a word or two, for where there is no room for a picture; may be empty. */
    default String summary() {
        return "";
    }

    /** At most height lines, none wider than width. */
    List<Line> lines(int width, int height, Glyphs glyphs);
}
