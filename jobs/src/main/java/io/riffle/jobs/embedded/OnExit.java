package io.riffle.jobs.embedded;

/** Runs a clean-up once: when asked, or when the process is told to end (Ctrl-C, SIGTERM) before that. */
final class OnExit {
    private final Runnable cleanUp;
    private final Thread hook;
    private boolean done;

    OnExit(String name, Runnable cleanUp) {
        this.cleanUp = cleanUp;
        this.hook = new Thread(this::runOnce, name + "-on-exit");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void runNow() {
        runOnce();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // the hook finds the work done
        }
    }

    /** Holds the lock while it works, so that a hook and a close that meet both return after the end of the clean-up. */
    private synchronized void runOnce() {
        if (!done) {
            done = true;
            cleanUp.run();
        }
    }
}
