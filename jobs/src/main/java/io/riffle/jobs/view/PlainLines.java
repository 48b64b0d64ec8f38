package io.riffle.jobs.view;

import java.io.PrintWriter;
import java.time.Duration;

/** No screen, as in a log file: one line each second. */
final class PlainLines implements Screen {
    private static final long PERIOD_NANOS = Duration.ofSeconds(1).toNanos();

    private final PrintWriter out;
    private long nextNanos = System.nanoTime() + PERIOD_NANOS;

    PlainLines(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void show(LiveView view) {
        long now = System.nanoTime();
        if (now - nextNanos >= 0) {
            nextNanos = now + PERIOD_NANOS;
            out.println(view.summary());
            out.flush();
        }
    }

    @Override
    public boolean isQuitWanted() {
        return false;
    }

    @Override
    public void close() {
        out.flush();
    }
}
