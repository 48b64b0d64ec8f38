package io.riffle.jobs.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;

/**
 * The wish to end, asked for by Ctrl-C or by anyone else, and heard by the thread that works.
 *
 * <p>The first Ctrl-C (or SIGTERM) only makes the wish: the process lives on, with all that its libraries would tear
 * down in shutdown hooks, until the worker has ended in order. The second one ends it at once.
 *
 * <pre>{@code
 * try (Stop stop = new Stop()) {
 *     while (!stop.await(Duration.ofMillis(100))) {
 *         work();
 *     }
 *     flush();
 * }
 * }</pre>
 */
public final class Stop implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 15;
    private static final List<String> SIGNALS = List.of("INT", "TERM");
    private static final int INTERRUPTED = 130;

    private final CountDownLatch wished = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final OnExit onExit = OnExit.ofStop(this::wishAndAwaitEnd);

    public Stop() {
        SIGNALS.forEach(signal -> Signals.register(signal, this::signalled));
    }

    private void signalled() {
        if (isWished()) {
            System.exit(INTERRUPTED);
        }
        wish();
    }

    public void wish() {
        wished.countDown();
    }

    public boolean isWished() {
        return wished.getCount() == 0;
    }

    /** Waits for the wish; returns whether it was made. An interrupt counts as one. */
    public boolean await(Duration atMost) {
        return await(wished, atMost);
    }

    @Override
    public void close() {
        ended.countDown();
        SIGNALS.forEach(Signals::registerDefault);
        onExit.close();
    }

    private void wishAndAwaitEnd() {
        wish();
        await(ended, Duration.ofSeconds(PATIENCE_SECONDS));
    }

    private static boolean await(CountDownLatch latch, Duration atMost) {
        try {
            return latch.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
