package io.riffle.jobs.feed;

import io.riffle.sim.RiffleException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast a recording is replayed.
 *
 * @param factor seconds of the recording in a second; infinite: as fast as possible
 */
public record Speed(double factor) {
    public static final Speed REAL_TIME = new Speed(1);
    public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

    private static final Pattern TIMES = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)x");

    /** @throws RiffleException if it is neither {@code realtime} nor {@code max} nor a number as {@code 2x} */
    public static Speed parse(String text) {
        if (text.equals("realtime")) {
            return REAL_TIME;
        }
        if (text.equals("max")) {
            return MAX;
        }
        Matcher times = TIMES.matcher(text);
        if (times.matches() && Double.parseDouble(times.group(1)) > 0) {
            return new Speed(Double.parseDouble(times.group(1)));
        }
        throw new RiffleException("'%s' is no speed, expected realtime, max, or a number such as 2x".formatted(text));
    }

    @Override
    public String toString() {
        return this.equals(MAX) ? "max" : factor == 1 ? "realtime" : factor + "x";
    }
}
