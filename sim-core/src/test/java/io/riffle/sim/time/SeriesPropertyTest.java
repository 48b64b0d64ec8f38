package io.riffle.sim.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.sim.Tensor;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every series, on a step of a clock or between, interpolated in either way. */
class SeriesPropertyTest {
    private static final double DT = 0.1;

    private Random random;

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    private ContinuousSeries continuous() {
        int steps = 2 + random.nextInt(20);
        int channels = 1 + random.nextInt(3);
        float[] values = new float[steps * channels];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        Tensor rows = Tensor.wrap(values, steps, channels);
        Interpolation interpolation = random.nextBoolean() ? Interpolation.LINEAR : Interpolation.PREVIOUS;
        if (random.nextBoolean()) {
            return ContinuousSeries.ofRaster(DT, random.nextInt(20) - 10, rows).with(interpolation);
        }
        double[] times = new double[steps];
        double time = random.nextGaussian();
        for (int i = 0; i < steps; i++) {
            times[i] = time;
            boolean jump =
                    interpolation == Interpolation.LINEAR && random.nextInt(5) == 0 && (i == 0 || times[i - 1] < time);
            time += jump ? 0 : random.nextDouble() / 4;
        }
        times[steps - 1] += 0.01;
        ContinuousSeries series = ContinuousSeries.of(times, rows, interpolation);
        return random.nextBoolean() ? series : series.until(series.stop() + random.nextDouble());
    }

    /** On whole steps at its ends. */
    private EventSeries events(long firstStep, int steps, int channels) {
        Clock clock = new Clock(DT);
        double start = clock.time(firstStep);
        double stop = clock.time(firstStep + steps);
        int count = random.nextInt(30);
        double[] times = new double[count];
        int[] on = new int[count];
        for (int i = 0; i < count; i++) {
            times[i] = random.nextInt(3) == 0
                    ? clock.time(firstStep + random.nextInt(steps))
                    : start + random.nextDouble() * (stop - start) * 0.999;
            on[i] = random.nextInt(channels);
        }
        EventSeries series = EventSeries.of(start, stop, channels, times, on);
        return random.nextBoolean() ? series : series.resample(DT);
    }

    private EventSeries events() {
        return events(random.nextInt(20) - 10, 1 + random.nextInt(20), 1 + random.nextInt(3));
    }

    /** Somewhere within a series, often on a step or at a sample or event. */
    private double within(TimeSeries series, double from) {
        double time = from + random.nextDouble() * (series.stop() - from);
        double[] times =
                series instanceof ContinuousSeries continuous ? continuous.times() : ((EventSeries) series).times();
        return switch (random.nextInt(4)) {
            case 0 -> from;
            case 1 -> {
                double[] later =
                        Arrays.stream(times).filter(each -> each >= from).toArray();
                yield later.length == 0 ? time : later[random.nextInt(later.length)];
            }
            case 2 -> {
                double step = new Clock(DT).time((long) Math.floor(time / DT));
                yield step < from ? time : step;
            }
            default -> time;
        };
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void cuttingAndAppendingIsTheIdentity(long seed) {
        random = new Random(seed);
        ContinuousSeries continuous = continuous();
        EventSeries events = events();
        for (int i = 0; i < 5; i++) {
            double first = within(continuous, continuous.start());
            double second = within(continuous, first);
            ContinuousSeries joined = continuous
                    .clip(continuous.start(), first)
                    .append(continuous.clip(first, second))
                    .append(continuous.clip(second, continuous.stop()));
            assertThat(joined)
                    .as("seed %d, cut at %s and %s", seed, first, second)
                    .isEqualTo(continuous.clip(continuous.start(), continuous.stop()));
            double cut = within(events, events.start());
            assertThat(events.clip(events.start(), cut).append(events.clip(cut, events.stop())))
                    .as("seed %d, cut at %s", seed, cut)
                    .isEqualTo(events);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aClipOfAClipIsTheSmallerOne(long seed) {
        random = new Random(seed);
        for (TimeSeries series : new TimeSeries[] {continuous(), events()}) {
            double outerStart = within(series, series.start());
            double innerStart = within(series, outerStart);
            double innerStop = within(series, innerStart);
            double outerStop = innerStart < innerStop ? within(series, innerStop) : series.stop();
            TimeSeries inner = series.clip(innerStart, innerStop);
            assertThat(series.clip(outerStart, outerStop).clip(innerStart, innerStop))
                    .as("seed %d, %s of %s", seed, inner, series)
                    .isEqualTo(inner);
            assertThat(inner.clip(inner.start(), inner.stop()))
                    .as("seed %d", seed)
                    .isEqualTo(inner);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aClipHasTheValuesOfTheWhole(long seed) {
        random = new Random(seed);
        ContinuousSeries series = continuous();
        double from = within(series, series.start());
        ContinuousSeries piece = series.clip(from, within(series, from));
        for (int i = 0; i < 10; i++) {
            double time = within(piece, piece.start());
            if (time < piece.stop()) {
                assertThat(piece.at(time)).as("seed %d at %s", seed, time).isEqualTo(series.at(time));
            }
        }
        long first = piece.firstStep(0.03);
        int steps = (int) piece.steps(0.03);
        assertThat(piece.raster(0.03)).as("seed %d", seed).isEqualTo(series.raster(0.03, first, steps, Outside.ERROR));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rasterisedEventsComeBackOnTheirSteps(long seed) {
        random = new Random(seed);
        EventSeries events = events();
        Tensor raster = events.raster(DT);
        EventSeries back = EventSeries.ofRaster(DT, events.firstStep(DT), raster);
        assertThat(back).as("seed %d", seed).isEqualTo(events.resample(DT));
        assertThat(back.raster(DT)).as("seed %d", seed).isEqualTo(raster);
        assertThat(back.count()).as("seed %d", seed).isEqualTo(events.count());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void mergingEventsIsCommutative(long seed) {
        random = new Random(seed);
        int steps = 1 + random.nextInt(20);
        EventSeries left = events(3, steps, 3);
        EventSeries right = events(3, steps, 3);
        assertThat(left.merge(right)).as("seed %d", seed).isEqualTo(right.merge(left));
        assertThat(left.merge(right).raster(DT))
                .as("seed %d", seed)
                .isEqualTo(left.raster(DT).plus(right.raster(DT)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void resamplingAtItsOwnDtIsTheIdentity(long seed) {
        random = new Random(seed);
        ContinuousSeries series = continuous().resample(DT);
        assertThat(series.resample(DT)).as("seed %d", seed).isEqualTo(series);
        EventSeries events = events().resample(DT);
        assertThat(events.resample(DT)).as("seed %d", seed).isEqualTo(events);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aDelayAndBackIsTheIdentityOnSteps(long seed) {
        random = new Random(seed);
        long by = random.nextLong() >> 20;
        double seconds = new Clock(DT).time(by);
        ContinuousSeries series = continuous().resample(DT);
        if (series.steps(DT) > 0 && new Clock(DT).stepAt(series.stop()).isPresent()) {
            assertThat(series.delay(seconds).delay(-seconds))
                    .as("seed %d", seed)
                    .isEqualTo(series);
        }
        EventSeries events = events().resample(DT);
        assertThat(events.delay(seconds).firstStep(DT)).as("seed %d", seed).isEqualTo(events.firstStep(DT) + by);
        assertThat(events.delay(seconds).delay(-seconds)).as("seed %d", seed).isEqualTo(events);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void savingKeepsEveryBit(long seed) {
        random = new Random(seed);
        ContinuousSeries whole = continuous();
        double from = within(whole, whole.start());
        EventSeries events = events();
        TimeSeries[] all = {whole, whole.clip(from, within(whole, from)), whole.repeated(), events, events.repeated()};
        for (TimeSeries series : all) {
            String written = SeriesFile.write(series);
            assertThat(SeriesFile.parse(written, "a copy"))
                    .as("seed %d, %s", seed, written)
                    .isEqualTo(series);
        }
    }
}
