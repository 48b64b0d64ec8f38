package io.riffle.sim.time;

import io.riffle.sim.RiffleException;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Where the periods of a periodic series are. */
final class Periods {
    private Periods() {}

    /**
     * By how many seconds the series is to be delayed for each period that a piece from one time to another needs: those
     * it lies in, and the next one, towards whose first sample a line may lead.
     */
    static Stream<Double> covering(TimeSeries series, double from, double to) {
        if (!Double.isFinite(from) || !Double.isFinite(to)) {
            throw new RiffleException("a clip from %s to %s was asked for, expected finite times"
                    .formatted(Clock.seconds(from), Clock.seconds(to)));
        }
        long first = periodOf(series, from);
        long last = periodOf(series, to) + 1;
        long samples = Math.multiplyExact(
                last - first + 1, Math.max(1L, series.instants().size()));
        if (samples > Integer.MAX_VALUE / series.channels().size()) {
            throw new RiffleException("a clip from %s to %s has %d samples or events, too many for one series"
                    .formatted(Clock.seconds(from), Clock.seconds(to), samples));
        }
        return LongStream.rangeClosed(first, last).mapToObj(period -> delay(series, period));
    }

    private static long periodOf(TimeSeries series, double time) {
        long period = (long) Math.floor((time - series.start()) / series.duration());
        while (startOf(series, period) > time) {
            period--;
        }
        while (startOf(series, period + 1) <= time) {
            period++;
        }
        return period;
    }

    private static double startOf(TimeSeries series, long period) {
        return series.instants().moved(series.start(), delay(series, period));
    }

    /** On a clock the steps are multiplied, so that no period is off by a rounding. */
    private static double delay(TimeSeries series, long period) {
        Clock clock = series.instants().clock().orElse(null);
        if (clock == null || clock.stepAt(series.duration()).isEmpty()) {
            return period * series.duration();
        }
        return clock.time(Math.multiplyExact(period, clock.floor(series.duration())));
    }

    static void checkWhole(TimeSeries series, Clock clock) {
        boolean whole = DoubleStream.of(series.start(), series.stop())
                .allMatch(time -> clock.stepAt(time).isPresent());
        if (!whole) {
            throw new RiffleException("a periodic series from %s cannot be resampled to steps of %s: they must fit"
                    .formatted(series.frame().span(), Clock.seconds(clock.dt())));
        }
    }
}
