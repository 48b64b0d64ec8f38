package io.riffle.jobs.view;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Tells how far long work has come; work that is soon done is not talked about. */
public final class Progress {
    private static final long QUIET = Duration.ofSeconds(2).toNanos();
    private static final long BETWEEN = Duration.ofSeconds(2).toNanos();

    private final PrintWriter err;
    private final LongSupplier nanoTime;
    private final String noun;
    private final long begin;
    private long told;

    /** @param noun of what is counted, in the plural */
    public Progress(PrintWriter err, LongSupplier nanoTime, String noun) {
        this.err = err;
        this.nanoTime = nanoTime;
        this.noun = noun;
        begin = nanoTime.getAsLong();
        told = begin + QUIET - BETWEEN;
    }

    /**
     * @param count of what is done
     * @param share of the whole that is done, 0 to 1
     */
    public void at(long count, double share) {
        long now = nanoTime.getAsLong();
        if (now - told < BETWEEN) {
            return;
        }
        told = now;
        double seconds = (now - begin) / 1e9;
        err.println(String.format(
                Locale.ROOT,
                "%d %s, %.0f %%, %.0f per second%s",
                count,
                noun,
                100 * share,
                count / seconds,
                share > 0 ? ", %.0f s left".formatted(seconds * (1 - share) / share) : ""));
        err.flush();
    }

    public double seconds() {
        return (nanoTime.getAsLong() - begin) / 1e9;
    }
}
