package io.riffle.schemas;

import io.riffle.sim.RiffleException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** The length of a step, in seconds, as the schema metadata writes it: {@code 0.001}. */
final class TimeStep {
    private static final double RELATIVE_TOLERANCE = 1e-9;
    private static final int MAX_PRECISION = 17;
    private static final Pattern DECIMAL = Pattern.compile("[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]{1,3})?");

    private TimeStep() {}

    static double checked(double dt) {
        if (!isTimeStep(dt)) {
            throw new RiffleException("got dt %s, expected seconds above 0".formatted(dt));
        }
        return dt;
    }

    static double parse(String text) {
        double dt = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!isTimeStep(dt)) {
            throw new BadChunkException(
                    RejectReason.WRONG_SCHEMA,
                    "schema metadata %s is '%s', expected decimal seconds above 0"
                            .formatted(Formats.DT, Text.shortened(text)));
        }
        return dt;
    }

    /** The fewest digits that give the same number back. Double.toString gives others before and after JDK 19. */
    static String format(double dt) {
        BigDecimal exact = new BigDecimal(dt);
        int precision = 1;
        while (precision < MAX_PRECISION && rounded(exact, precision).doubleValue() != dt) {
            precision++;
        }
        BigDecimal shortest = rounded(exact, precision).stripTrailingZeros();
        return Math.abs(shortest.scale()) <= MAX_PRECISION ? shortest.toPlainString() : shortest.toString();
    }

    static boolean same(double one, double other) {
        return Math.abs(one - other) <= RELATIVE_TOLERANCE * Math.max(one, other);
    }

    private static boolean isTimeStep(double dt) {
        return dt > 0 && dt < Double.POSITIVE_INFINITY;
    }

    private static BigDecimal rounded(BigDecimal exact, int precision) {
        return exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
    }
}
