package io.riffle.jobs.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Work in a thread of its own. */
final class Task {
    private Task() {}

    /** Returns when it is done, or throws what it threw. */
    static void inThread(String name, Runnable work) throws InterruptedException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                        done.complete(null);
                    } catch (RuntimeException | Error failed) {
                        done.completeExceptionally(failed);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        try {
            done.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failed.getCause();
        }
    }
}
