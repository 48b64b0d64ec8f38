package io.riffle.jobs.view;

/** One line of the picture. */
public record Line(Style style, String text) {
    /** The same line, not wider than this. */
    Line cut(int width) {
        return text.length() <= width ? this : new Line(style, text.substring(0, Math.max(0, width)));
    }
}
