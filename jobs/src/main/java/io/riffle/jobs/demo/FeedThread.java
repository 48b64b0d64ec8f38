package io.riffle.jobs.demo;

import io.riffle.jobs.feed.FeedProgress;
import io.riffle.jobs.feed.HostFeed;
import io.riffle.jobs.lifecycle.Stop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A feed that runs beside. */
final class FeedThread {
    private final Stop stop;
    private final CompletableFuture<FeedProgress> result = new CompletableFuture<>();

    FeedThread(HostFeed feed, Stop stop) {
        this.stop = stop;
        Thread thread = new Thread(() -> run(feed), "host-feed");
        thread.setDaemon(true);
        thread.start();
    }

    /** @throws RuntimeException what the feed threw, if it has ended by that */
    void throwIfFailed() {
        if (result.isCompletedExceptionally()) {
            end();
        }
    }

    /** Returns after the last chunk is in the topic. */
    FeedProgress end() {
        stop.wish();
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void run(HostFeed feed) {
        try {
            result.complete(feed.run(stop, progress -> {}));
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }
}
