package io.riffle.jobs.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Says what is being measured while nothing else is seen. */
final class Talk {
    private final PrintWriter err;
    private final long beginNanos = System.nanoTime();

    Talk(PrintWriter err) {
        this.err = err;
    }

    void say(String line) {
        err.println(String.format(Locale.ROOT, "[%5.1f s] %s", elapsed().toMillis() / 1e3, line));
        err.flush();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - beginNanos);
    }
}
