package io.riffle.sim.time;

import io.riffle.sim.RiffleException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalLong;

/** Steps of equal length: step k begins at {@code k * dt} and ends where the next one begins. */
record Clock(double dt) {
    /** The part of a step by which a duration may miss whole steps and still be meant so. */
    private static final double ROUNDING = 0x1p-40;

    Clock {
        if (!(dt > 0 && dt < Double.POSITIVE_INFINITY)) {
            throw new RiffleException("a dt of %s was given, expected more than 0 s".formatted(seconds(dt)));
        }
    }

    double time(long step) {
        return step * dt;
    }

    /** The step that begins at this time, but for rounding, if one does. */
    OptionalLong stepAt(double time) {
        long nearest = Math.round(time / dt);
        boolean begins = same(time, time(nearest)) || (nearest == 0 && Math.abs(time) <= 4 * Math.ulp(dt));
        return begins ? OptionalLong.of(nearest) : OptionalLong.empty();
    }

    /** The step within which this time is. */
    long floor(double time) {
        return stepAt(time).orElse((long) Math.floor(time / dt));
    }

    /** The first step that does not begin before this time. */
    long ceil(double time) {
        return stepAt(time).orElse((long) Math.ceil(time / dt));
    }

    /** How many steps a duration has. */
    int steps(double duration) {
        long nearest = Math.round(duration / dt);
        if (!(duration >= 0 && Math.abs(duration - time(nearest)) <= ROUNDING * Math.max(dt, duration))) {
            throw new RiffleException("a duration of %s was given, expected a multiple of the dt %s"
                    .formatted(seconds(duration), seconds(dt)));
        }
        return count(nearest);
    }

    static int count(long steps) {
        if (steps > Integer.MAX_VALUE) {
            throw new RiffleException(
                    "%d steps were asked for, expected at most %d at once".formatted(steps, Integer.MAX_VALUE));
        }
        return (int) steps;
    }

    /** Whether two times differ by rounding only: 0.3 and 3 * 0.1 do. */
    static boolean same(double left, double right) {
        return Math.abs(left - right) <= 4 * Math.ulp(Math.max(Math.abs(left), Math.abs(right)));
    }

    /** A time for a message: {@code 0.3 s}, also where it is 0.30000000000000004. */
    static String seconds(double time) {
        if (!Double.isFinite(time)) {
            return time + " s";
        }
        BigDecimal rounded = new BigDecimal(time).round(new MathContext(15)).stripTrailingZeros();
        return rounded + " s";
    }
}
