package io.riffle.jobs.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish to end, asked for by Ctrl-C or by anyone else, and heard by the thread that works.
 *
 * <p>After Ctrl-C the process stays until the worker has closed this, for {@value #PATIENCE_SECONDS} s at most:
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

    private final CountDownLatch wished = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final OnExit onExit = OnExit.ofStop(this::wishAndAwaitEnd);

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
