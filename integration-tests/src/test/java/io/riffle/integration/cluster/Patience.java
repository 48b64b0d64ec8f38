package io.riffle.integration.cluster;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for what will come, not for ever. */
public final class Patience {
    private Patience() {}

    /** @throws AssertionError if it does not become true in time */
    public static void await(String what, Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("%s did not happen within %d s".formatted(what, atMost.toSeconds()));
            }
            sleep(Duration.ofMillis(50));
        }
    }

    public static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
