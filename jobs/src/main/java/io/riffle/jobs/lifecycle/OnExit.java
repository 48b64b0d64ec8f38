package io.riffle.jobs.lifecycle;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A clean-up that runs once: on close, or when the process is told to end (Ctrl-C, SIGTERM) before that.
 *
 * <p>At the end of the process what was opened last is cleaned up first, one after the other, as nested
 * try-with-resources would: a feed flushes before its broker goes. Shutdown hooks of their own would run all at once.
 */
public final class OnExit implements AutoCloseable {
    private static final Deque<OnExit> OPEN = new ArrayDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(OnExit::closeAll, "riffle-on-exit"));
    }

    private final Runnable cleanUp;
    private boolean done;

    public OnExit(Runnable cleanUp) {
        this.cleanUp = requireNonNull(cleanUp, "cleanUp is null");
        synchronized (OPEN) {
            OPEN.push(this);
        }
    }

    @Override
    public void close() {
        synchronized (OPEN) {
            OPEN.remove(this);
        }
        runOnce();
    }

    static void closeAll() {
        for (OnExit last = last(); last != null; last = last()) {
            try {
                last.runOnce();
            } catch (RuntimeException e) {
                System.err.println("while ending: " + e.getMessage());
            }
        }
    }

    private static OnExit last() {
        synchronized (OPEN) {
            return OPEN.poll();
        }
    }

    /** Holds the lock while it works, so that two who meet here both return after the end of the clean-up. */
    private synchronized void runOnce() {
        if (!done) {
            done = true;
            cleanUp.run();
        }
    }
}
