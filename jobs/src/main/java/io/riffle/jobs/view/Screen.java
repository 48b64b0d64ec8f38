package io.riffle.jobs.view;

import java.io.IOException;
import java.io.PrintWriter;

/** Where the picture goes. */
public interface Screen extends AutoCloseable {
    /** Shows the newest state; as often as it likes to, the screen leaves one out. */
    void show(LiveView view);

    /** Whether the person at the screen asked to end by a key; where there is none, Ctrl-C ends the process. */
    boolean isQuitWanted();

    @Override
    void close();

    /**
     * The terminal, or lines one after the other where there is none.
     *
     * @param out takes the lines
     * @param plain lines, even if there is a terminal
     */
    static Screen open(PrintWriter out, boolean plain) {
        if (plain || System.console() == null) {
            return new PlainLines(out);
        }
        try {
            return LiveTerminal.open().map(Screen.class::cast).orElseGet(() -> new PlainLines(out));
        } catch (IOException noTerminal) {
            return new PlainLines(out);
        }
    }
}
