package io.riffle.jobs.lifecycle;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A clean-up that runs once: on close, or when the process is told to end (Ctrl-C, SIGTERM) before that.
 *
 * <p>At the end of the process what was opened last is cleaned up first, one after the other, as nested
 * try-with-resources would: a feed flushes before its broker goes. Shutdown hooks of their own would run all at once.
 * Before all of these comes whatever is a {@link Stop}, whenever it was opened: who still works ends in order itself.
 */
public final class OnExit implements AutoCloseable {
    private static final Deque<OnExit> STOPS = new ArrayDeque<>();
    private static final Deque<OnExit> OPEN = new ArrayDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(OnExit::closeAll, "riffle-on-exit"));
    }

    private final Runnable cleanUp;
    private boolean done;

    public OnExit(Runnable cleanUp) {
        this(cleanUp, OPEN);
    }

    private OnExit(Runnable cleanUp, Deque<OnExit> turn) {
        this.cleanUp = requireNonNull(cleanUp, "cleanUp is null");
        synchronized (OPEN) {
            turn.push(this);
        }
    }

    static OnExit ofStop(Runnable cleanUp) {
        return new OnExit(cleanUp, STOPS);
    }

    @Override
    public void close() {
        synchronized (OPEN) {
            STOPS.remove(this);
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
            return STOPS.isEmpty() ? OPEN.poll() : STOPS.poll();
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
