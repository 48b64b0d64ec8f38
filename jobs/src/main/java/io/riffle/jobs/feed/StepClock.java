package io.riffle.jobs.feed;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The moments at which steps are due: step k at start + k * period, counted from the start and never from the last
 * step, so that no delay adds up.
 */
final class StepClock {
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final double periodNanos;

    /** @param dt seconds from step to step */
    StepClock(double dt) {
        this(dt, System::nanoTime);
    }

    StepClock(double dt, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        periodNanos = 1e9 * dt;
        startNanos = nanoTime.getAsLong();
    }

    /** Negative before the step is due. */
    long nanosSince(long step) {
        return nanoTime.getAsLong() - startNanos - Math.round(step * periodNanos);
    }

    /** The step's moment has gone by so far that the next one is here already. */
    boolean isOver(long step) {
        return nanosSince(step + 1) >= 0;
    }

    /** Returns when the step is due, or at once when the thread was interrupted. */
    void await(long step) {
        for (long nanos = nanosSince(step); nanos < 0 && !Thread.currentThread().isInterrupted(); ) {
            LockSupport.parkNanos(-nanos);
            nanos = nanosSince(step);
        }
    }

    /** When the step was due by the clock on the wall, in milliseconds since 1970, however late it is now. */
    long wallMillis(long step) {
        return System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(nanosSince(step));
    }
}
