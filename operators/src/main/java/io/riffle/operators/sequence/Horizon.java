package io.riffle.operators.sequence;

import io.riffle.sim.RiffleException;
import java.io.Serializable;
import java.time.Duration;

/**
 * How long a chunk that comes early waits for the steps before it: until the stream has come some number of steps
 * farther, or some time by the timestamps of its own records. Neither looks at a clock.
 *
 * @param steps or -1 if it is a time
 * @param milliseconds or -1 if it is a number of steps
 */
public record Horizon(long steps, long milliseconds) implements Serializable {
    public Horizon {
        if ((steps < 0) == (milliseconds < 0)) {
            throw new RiffleException(
                    "the horizon is %d steps and %d ms, expected one of both from 0".formatted(steps, milliseconds));
        }
    }

    public static Horizon ofSteps(long steps) {
        return new Horizon(steps, -1);
    }

    public static Horizon of(Duration time) {
        return new Horizon(-1, time.toMillis());
    }

    public boolean isTime() {
        return milliseconds >= 0;
    }

    /** The horizon as a number of steps of a length in seconds. */
    long inSteps(double dt) {
        return isTime() ? (long) Math.ceil(milliseconds / 1000.0 / dt) : steps;
    }

    @Override
    public String toString() {
        return isTime() ? milliseconds + " ms" : steps + " steps";
    }
}
