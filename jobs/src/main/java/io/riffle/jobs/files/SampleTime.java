package io.riffle.jobs.files;

import io.riffle.schemas.Samples;
import io.riffle.sim.RiffleException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Pattern;

/** The times of samples as text. */
public final class SampleTime {
    private static final Pattern DATE = Pattern.compile("\\d{4}-.*");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}(\\.\\d{0,30})?");
    private static final int NANO_DIGITS = 9;

    private SampleTime() {}

    /**
     * Decimal seconds since 1970, as {@code 1763700000.0031}, or ISO 8601, as {@code 2026-11-21T10:00:00.0031Z}; a time
     * without a zone is of UTC, and a space may stand for the T.
     *
     * @return nanoseconds since 1970
     */
    public static long parse(String text) {
        try {
            if (SECONDS.matcher(text).matches()) {
                BigDecimal nanos = new BigDecimal(text).movePointRight(NANO_DIGITS);
                return checked(nanos.setScale(0, RoundingMode.HALF_EVEN).longValueExact(), text);
            }
            if (DATE.matcher(text).matches()) {
                Instant instant = instant(text.replace(' ', 'T'));
                long seconds = Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L);
                return checked(Math.addExact(seconds, instant.getNano()), text);
            }
        } catch (ArithmeticException | DateTimeException notATime) {
            // told below, with what does not look like one
        }
        throw wrong(text, "seconds since 1970 such as 1763700000.0031, or 2026-11-21T10:00:00.0031Z");
    }

    /** Whole nanoseconds since 1970. */
    static long parseNanos(String text) {
        try {
            return checked(Long.parseLong(text), text);
        } catch (NumberFormatException notANumber) {
            throw wrong(text, "whole nanoseconds since 1970");
        }
    }

    private static Instant instant(String text) {
        TemporalAccessor time =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
    }

    private static long checked(long nanos, String text) {
        if (!Samples.isTime(nanos)) {
            throw wrong(text, "one from 1970 until 2116");
        }
        return nanos;
    }

    private static RiffleException wrong(String text, String expected) {
        return new RiffleException("the time is '%s', expected %s".formatted(text, expected));
    }
}
