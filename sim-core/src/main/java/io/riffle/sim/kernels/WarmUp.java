package io.riffle.sim.kernels;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Makes the JVM compile a kernel, by calling it in the background until it is faster than plain loops at the same work; or
 * gives up after a minute. It takes a second or two of one core.
 */
final class WarmUp {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** How long it takes at most to have called so often that the JVM compiles. */
    private static final Duration CALLING = Duration.ofSeconds(3);
    /** Other work on the machine may let either win once. */
    private static final int WINS = 5;

    private static final int CALLS = 20;
    private static final int NEURONS = 128;
    private static final int[] COLUMNS = {3, 16, 40, 128};

    private final Kernel plain;
    private final Kernel candidate;
    private final Consumer<Kernel> winner;
    private final float[] weights = new float[NEURONS * NEURONS];
    private final float[] sums = new float[4 * NEURONS];
    private final float[] input = new float[4 * NEURONS];
    private final float[] level = new float[NEURONS];
    private final float[] ones = new float[NEURONS];
    private final Active active = new Active(NEURONS);

    /** @param winner is given the candidate when it wins, or the plain kernel with the reason why not */
    WarmUp(Kernel plain, Kernel candidate, Consumer<Kernel> winner) {
        this.plain = plain;
        this.candidate = candidate;
        this.winner = winner;
        Arrays.fill(ones, 1);
        for (int i = 0; i < input.length; i++) {
            input[i] = i % 10 == 0 ? 1 : 0;
        }
    }

    void start() {
        Thread thread = new Thread(this::run, "riffle-kernel-warm-up");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    private void run() {
        long start = System.nanoTime();
        int wins = 0;
        while (wins < WINS) {
            wins = time(candidate) < time(plain) ? wins + 1 : 0;
            long passed = System.nanoTime() - start;
            if (passed > PATIENCE.toNanos() || (passed > CALLING.toNanos() && wins == 0 && !pause())) {
                winner.accept(new PlainKernel("as %s were slower".formatted(candidate.description())));
                return;
            }
        }
        winner.accept(candidate);
    }

    /** By now the compiler has been asked, and is only kept from its work; false if the JVM wants this thread to end. */
    private static boolean pause() {
        try {
            Thread.sleep(100);
            return true;
        } catch (InterruptedException end) {
            return false;
        }
    }

    private long time(Kernel kernel) {
        long start = System.nanoTime();
        for (int call = 0; call < CALLS; call++) {
            evolve(kernel);
        }
        return System.nanoTime() - start;
    }

    /** Everything that a kernel is for. */
    private void evolve(Kernel kernel) {
        for (int row = 0; row < input.length; row += NEURONS) {
            kernel.findActive(NEURONS, active.of(input, row));
            for (int columns : COLUMNS) {
                kernel.sumRows(active, weights, NEURONS, columns, sums, 0);
            }
            kernel.charge(level, sums, 0, ones, NEURONS);
            kernel.charge(level, input, row, sums, ones, NEURONS);
            kernel.integrate(level, sums, 0, ones, ones, NEURONS);
            kernel.findReached(level, ones, NEURONS, active);
            Arrays.fill(level, 0);
        }
        if (kernel.countActive(input, 0, input.length) > 0) {
            for (int columns : COLUMNS) {
                kernel.multiply(input, 0, NEURONS, weights, NEURONS, columns, sums, 0);
            }
        }
    }
}
