package io.riffle.jobs.lifecycle;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** When somebody has started this program: the launcher says when it was called, else the JVM when it began. */
public final class StartTime {
    private static final String CALLED = "riffle.called";

    private StartTime() {}

    /** How long that is ago. */
    public static Duration elapsed() {
        return Duration.ofMillis(Math.round(System.currentTimeMillis() - millis()));
    }

    private static double millis() {
        try {
            return Double.parseDouble(System.getProperty(CALLED, "").replace(',', '.')) * 1e3;
        } catch (NumberFormatException notSaid) {
            return ManagementFactory.getRuntimeMXBean().getStartTime();
        }
    }
}
