package io.riffle.sim.time;

import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Values that are sampled at some times and are something in between, see {@link Interpolation}; after the last sample
 * its value holds until the stop. Two samples at the same time are a jump, from where on the second holds.
 *
 * <p>A piece that was cut out keeps those neighbouring samples outside of it that it needs to be the same as the whole.
 */
public final class ContinuousSeries extends TimeSeries {
    private final Samples samples;

    private ContinuousSeries(Frame frame, Samples samples) {
        super(frame, samples.instants());
        this.samples = samples;
    }

    /**
     * From the first of these times to the last.
     *
     * @param times in seconds, ascending
     * @param values (T, N), or (T,) for one channel
     */
    public static ContinuousSeries of(double[] times, Tensor values, Interpolation interpolation) {
        Tensor rows = rows(values);
        if (times.length == 0) {
            throw new RiffleException("no times were given, expected at least 1");
        }
        if (rows.shape().size(0) != times.length) {
            throw new RiffleException("values of the shape %s were given for %d times, expected (%2$d, N)"
                    .formatted(values.shape(), times.length));
        }
        double[] copy = times.clone();
        Frame frame = Frame.of(copy[0], copy[copy.length - 1], rows.shape().size(1));
        return checked(frame, interpolation, Instants.free(copy), rows.toArray());
    }

    /**
     * A row for each step of dt; each value holds until the next, see {@link #with} for another interpolation.
     *
     * @param firstStep the step of the first row
     * @param values (T, N), or (T,) for one channel
     */
    public static ContinuousSeries ofRaster(double dt, long firstStep, Tensor values) {
        Clock clock = new Clock(dt);
        Tensor rows = rows(values);
        int steps = rows.shape().size(0);
        Frame frame = Frame.of(
                clock.time(firstStep),
                clock.time(firstStep + steps),
                rows.shape().size(1));
        Instants instants = Instants.onClock(clock, firstStep, steps);
        return checked(frame, Interpolation.PREVIOUS, instants, rows.toArray());
    }

    /** The same value from start to stop; one for each channel. */
    public static ContinuousSeries constant(double start, double stop, float... values) {
        Instants instants = Instants.free(new double[] {start});
        return checked(Frame.of(start, stop, values.length), Interpolation.PREVIOUS, instants, values.clone());
    }

    /** Takes the arrays over. */
    static ContinuousSeries checked(Frame frame, Interpolation interpolation, Instants instants, float[] values) {
        Samples samples = Samples.checked(instants, values, frame.channels(), interpolation);
        if (frame.stop() > frame.start() && instants.lastReached(frame.start()) < 0) {
            throw new RiffleException(
                    "the series starts at %s, but its first sample is later".formatted(Clock.seconds(frame.start())));
        }
        return new ContinuousSeries(frame, samples);
    }

    Samples samples() {
        return samples;
    }

    private static Tensor rows(Tensor values) {
        return switch (values.shape().rank()) {
            case 1 -> values.reshape(values.shape().size(0), 1);
            case 2 -> values;
            default ->
                throw new RiffleException(
                        "values of the shape %s were given, expected (T, N) or (T,)".formatted(values.shape()));
        };
    }

    // ---- values

    public Interpolation interpolation() {
        return samples.interpolation();
    }

    /** The times of the samples, from start to stop, both included. */
    public double[] times() {
        int first = firstShown();
        double[] times = new double[afterShown() - first];
        Arrays.setAll(times, i -> instants().time(first + i));
        return times;
    }

    /** The values of the samples: (T, N). */
    public Tensor values() {
        return samples.rows(firstShown(), afterShown());
    }

    private int firstShown() {
        return instants().firstNotBefore(start());
    }

    private int afterShown() {
        return Math.max(firstShown(), instants().lastReached(stop()) + 1);
    }

    /** The values of all channels at a time from start to stop. */
    public float[] at(double time) {
        return at(time, Outside.ERROR);
    }

    /** The values of all channels at any time. */
    public float[] at(double time, Outside outside) {
        if (periodic()) {
            return clip(time, time).at(time);
        }
        double inside = Math.min(Math.max(time, start()), stop());
        if (!Clock.same(time, inside)) {
            if (outside == Outside.ERROR || Double.isNaN(time)) {
                throw new RiffleException("a value at %s was asked for, but the series goes from %s"
                        .formatted(Clock.seconds(time), frame().span()));
            }
            if (outside.isFill()) {
                float[] fill = new float[channels().size()];
                Arrays.fill(fill, outside.value());
                return fill;
            }
        }
        return samples.at(inside);
    }

    // ---- steps

    /** The first step that begins within the series. */
    @Override
    public long firstStep(double dt) {
        return new Clock(dt).ceil(start());
    }

    /** How many steps begin within the series. */
    @Override
    public long steps(double dt) {
        return new Clock(dt).ceil(stop()) - firstStep(dt);
    }

    /** The values at the beginnings of steps. */
    @Override
    public Tensor raster(double dt, long firstStep, int steps, Outside outside) {
        Clock clock = new Clock(dt);
        if (periodic()) {
            return clip(clock.time(firstStep), clock.time(firstStep + steps)).raster(dt, firstStep, steps, outside);
        }
        long lower = firstStep(dt);
        long upper = lower + steps(dt);
        if (outside == Outside.ERROR && steps > 0 && (firstStep < lower || firstStep + steps > upper)) {
            throw outside(clock, firstStep, steps);
        }
        int channels = channels().size();
        float[] raster = new float[Shape.of(steps, channels).count()];
        int index = samples.index(clock.time(Math.max(lower, firstStep)));
        for (int i = 0; i < steps; i++) {
            long step = firstStep + i;
            if (outside.isFill() && (step < lower || step >= upper)) {
                Arrays.fill(raster, i * channels, (i + 1) * channels, outside.value());
                continue;
            }
            double time = Math.min(Math.max(clock.time(step), start()), stop());
            while (index + 1 < instants().size() && instants().reached(index + 1, time)) {
                index++;
            }
            samples.write(index, time, raster, i * channels);
        }
        return Tensor.wrap(raster, steps, channels);
    }

    // ---- other series from this one

    /** The same samples with something else in between. */
    public ContinuousSeries with(Interpolation other) {
        return new ContinuousSeries(frame(), samples.with(other));
    }

    /** The same with a later stop, up to which the last value holds. */
    public ContinuousSeries until(double stop) {
        if (!(stop >= stop())) {
            throw new RiffleException("a series until %s cannot be made to end at %s; clip it"
                    .formatted(Clock.seconds(stop()), Clock.seconds(stop)));
        }
        Frame longer = new Frame(start(), instants().snapped(stop), periodic(), channels());
        return new ContinuousSeries(longer, Seams.held(this));
    }

    @Override
    public ContinuousSeries clip(double from, double to) {
        if (periodic()) {
            Frame.checkOrder(from, to);
            return joined(Periods.covering(this, from, to)
                            .map(this::shiftedOnce)
                            .toList())
                    .clip(from, to);
        }
        Frame window = frame().clip(instants(), from, to);
        int first = samples.index(window.start());
        int last = instants().lastReached(window.stop());
        if (window.stop() == stop()) {
            last = instants().size() - 1; // a piece at the end keeps what stands at the stop, or beyond it, if anything
        } else if (interpolation() == Interpolation.LINEAR) {
            last = Math.min(last + 1, instants().size() - 1);
        } else {
            while (last > first && !instants().before(last, window.stop())) {
                last--;
            }
        }
        return new ContinuousSeries(window, samples.slice(first, last + 1));
    }

    @Override
    public ContinuousSeries delay(double seconds) {
        return new ContinuousSeries(frame().delayed(instants(), seconds), samples.delayed(seconds));
    }

    private ContinuousSeries shiftedOnce(double seconds) {
        return new ContinuousSeries(frame().once(), samples).delay(seconds);
    }

    @Override
    public ContinuousSeries startingAt(double start) {
        return delay(instants().between(start(), start));
    }

    @Override
    public ContinuousSeries repeated() {
        return new ContinuousSeries(frame().repeated(), samples);
    }

    /** The values at the beginnings of steps of dt, as samples; of a periodic series the period must be whole steps. */
    @Override
    public ContinuousSeries resample(double dt) {
        Clock clock = new Clock(dt);
        if (periodic()) {
            Periods.checkWhole(this, clock);
        }
        long first = firstStep(dt);
        Tensor raster = raster(dt);
        int steps = raster.shape().size(0);
        Instants instants = Instants.onClock(clock, first, steps);
        double stop = instants.snapped(stop());
        double start = steps == 0 ? stop : clock.time(first);
        Frame frame = new Frame(start, stop, periodic(), channels());
        return checked(frame, interpolation(), instants, raster.arrayWithoutCopy());
    }

    @Override
    public ContinuousSeries named(String... names) {
        return new ContinuousSeries(frame().named(names), samples);
    }

    @Override
    public ContinuousSeries select(String... names) {
        return new ContinuousSeries(frame().with(List.of(names)), samples.select(frame().indices(names)));
    }

    /**
     * Both, one after the other in time: the other one starts where this one stops. Between the last sample of the one
     * and the first of the other the interpolation goes on, unless a piece that was cut out says what is there.
     */
    public ContinuousSeries append(ContinuousSeries next) {
        frame().checkContinuedBy(next.frame());
        checkSameInterpolation(next);
        return joined(List.of(this, next));
    }

    private void checkSameInterpolation(ContinuousSeries other) {
        if (interpolation() != other.interpolation()) {
            throw new RiffleException("a series interpolated %s cannot be joined with one interpolated %s"
                    .formatted(interpolation(), other.interpolation()));
        }
    }

    /** Series that continue each other, in order. */
    private static ContinuousSeries joined(List<ContinuousSeries> all) {
        List<ContinuousSeries> pieces =
                all.stream().filter(piece -> piece.duration() > 0).toList();
        if (pieces.isEmpty()) {
            return all.get(0);
        }
        ContinuousSeries first = pieces.get(0);
        double stop = pieces.get(pieces.size() - 1).stop();
        return new ContinuousSeries(first.frame().between(first.start(), stop), Seams.join(pieces));
    }

    /** The channels of both, side by side. Both have their samples at the same times: {@link #resample} makes it so. */
    public ContinuousSeries merge(ContinuousSeries other) {
        frame().checkMergesWith(other.frame());
        checkSameInterpolation(other);
        if (!instants().equals(other.instants())) {
            throw new RiffleException(
                    "series with samples at different times cannot be merged; resample both to the same dt");
        }
        List<String> names =
                Stream.concat(channels().stream(), other.channels().stream()).toList();
        return new ContinuousSeries(frame().with(names), samples.beside(other.samples));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContinuousSeries series
                && frame().equals(series.frame())
                && samples.equals(series.samples);
    }

    @Override
    public int hashCode() {
        return 31 * frame().hashCode() + samples.hashCode();
    }

    /** {@code ContinuousSeries(0 s to 0.01 s, 2 channels, 10 samples)}. */
    @Override
    public String toString() {
        int samples = times().length;
        return "ContinuousSeries(%s, %d sample%s)".formatted(frame(), samples, samples == 1 ? "" : "s");
    }
}
