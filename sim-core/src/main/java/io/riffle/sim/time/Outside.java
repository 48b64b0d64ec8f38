package io.riffle.sim.time;

import io.riffle.sim.RiffleException;

/** What a series is where it is not defined: before its start and after its stop. */
public final class Outside {
    /** Nothing: to ask there is an error, which names both times. */
    public static final Outside ERROR = new Outside(0);

    /** The first value before the start, the last one after the stop; not for events. */
    public static final Outside HOLD = new Outside(0);

    private final float value;

    private Outside(float value) {
        this.value = value;
    }

    /** This value in every channel; for events only 0, which is none. */
    public static Outside fill(double value) {
        if (!Float.isFinite((float) value)) {
            throw new RiffleException("a fill of %s was given, expected a finite number".formatted(value));
        }
        return new Outside((float) value);
    }

    /** The fill: of no meaning for the other two. */
    float value() {
        return value;
    }

    boolean isFill() {
        return this != ERROR && this != HOLD;
    }

    @Override
    public String toString() {
        if (isFill()) {
            return "fill(%s)".formatted(value);
        }
        return this == ERROR ? "ERROR" : "HOLD";
    }
}
