package io.riffle.jobs.embedded;

/** A short wait that ends early, with the flag kept, when the thread is interrupted. */
final class Pause {
    private Pause() {}

    static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
