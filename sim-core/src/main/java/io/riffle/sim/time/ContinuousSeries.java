package io.riffle.sim.time;

import static java.util.Objects.requireNonNull;

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
    private final Interpolation interpolation;
    private final float[] values;

    private ContinuousSeries(Frame frame, Interpolation interpolation, Instants instants, float[] values) {
        super(frame, instants);
        this.interpolation = interpolation;
        this.values = values;
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
        requireNonNull(interpolation, "interpolation is null");
        int channels = frame.channels().size();
        for (int i = 0; i < instants.size(); i++) {
            if (!Double.isFinite(instants.time(i))) {
                throw new RiffleException(
                        "sample %d is at %s, expected a finite time".formatted(i, Clock.seconds(instants.time(i))));
            }
            if (i > 0 && instants.time(i) < instants.time(i - 1)) {
                throw new RiffleException("sample %d is at %s, earlier than the one before it, at %s"
                        .formatted(i, Clock.seconds(instants.time(i)), Clock.seconds(instants.time(i - 1))));
            }
            if (i > 1 && instants.time(i) == instants.time(i - 2)) {
                throw new RiffleException("samples %d to %d are all at %s, expected at most two at the same time"
                        .formatted(i - 2, i, Clock.seconds(instants.time(i))));
            }
            for (int channel = 0; channel < channels; channel++) {
                float value = values[i * channels + channel];
                if (!Float.isFinite(value)) {
                    throw new RiffleException("the value of channel '%s' at %s is %s, expected a finite number"
                            .formatted(frame.channels().get(channel), Clock.seconds(instants.time(i)), value));
                }
            }
        }
        if (frame.stop() > frame.start() && instants.lastReached(frame.start()) < 0) {
            throw new RiffleException(
                    "the series starts at %s, but its first sample is later".formatted(Clock.seconds(frame.start())));
        }
        return new ContinuousSeries(frame, interpolation, instants, values);
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
        return interpolation;
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
        int channels = channels().size();
        float[] shown = Arrays.copyOfRange(values, firstShown() * channels, afterShown() * channels);
        return Tensor.wrap(shown, shown.length / channels, channels);
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
        return valuesAt(inside);
    }

    private float[] valuesAt(double time) {
        float[] row = new float[channels().size()];
        write(Math.max(0, instants().lastReached(time)), time, row, 0);
        return row;
    }

    /** Writes the values at a time that has reached the sample at this index and not the next. */
    private void write(int index, double time, float[] into, int at) {
        int channels = channels().size();
        if (instants().size() == 0) {
            throw new RiffleException("the series of 0 s at %s holds no value".formatted(Clock.seconds(start())));
        }
        double left = instants().time(index);
        boolean sampled = time <= left || Clock.same(left, time);
        if (sampled
                || interpolation == Interpolation.PREVIOUS
                || index + 1 == instants().size()) {
            System.arraycopy(values, index * channels, into, at, channels);
            return;
        }
        double weight = (time - left) / (instants().time(index + 1) - left);
        for (int channel = 0; channel < channels; channel++) {
            double from = values[index * channels + channel];
            double to = values[(index + 1) * channels + channel];
            into[at + channel] = (float) (from + (to - from) * weight);
        }
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
        int index = Math.max(0, instants().lastReached(clock.time(Math.max(lower, firstStep))));
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
            write(index, time, raster, i * channels);
        }
        return Tensor.wrap(raster, steps, channels);
    }

    // ---- other series from this one

    /** The same samples with something else in between. */
    public ContinuousSeries with(Interpolation other) {
        return checked(frame(), other, instants(), values);
    }

    /** The same with a later stop, up to which the last value holds. */
    public ContinuousSeries until(double stop) {
        if (!(stop >= stop())) {
            throw new RiffleException("a series until %s cannot be made to end at %s; clip it"
                    .formatted(Clock.seconds(stop()), Clock.seconds(stop)));
        }
        Frame longer = new Frame(start(), instants().snapped(stop), periodic(), channels());
        int after = instants().firstNotBefore(stop());
        boolean aimsBeyond = instants().lastReached(stop()) + 1 < instants().size();
        return aimsBeyond
                ? joined(longer, interpolation, List.of(samples(0, after), sampleAtStop()))
                : new ContinuousSeries(longer, interpolation, instants(), values);
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
        int first = Math.max(0, instants().lastReached(window.start()));
        int last = instants().lastReached(window.stop());
        if (window.stop() == stop()) {
            last = instants().size() - 1; // a piece at the end keeps what stands at the stop, or beyond it, if anything
        } else if (interpolation == Interpolation.LINEAR) {
            last = Math.min(last + 1, instants().size() - 1);
        } else {
            while (last > first && !instants().before(last, window.stop())) {
                last--;
            }
        }
        return slice(window, first, last + 1);
    }

    private ContinuousSeries slice(Frame window, int from, int to) {
        int channels = channels().size();
        float[] sliced = Arrays.copyOfRange(values, from * channels, to * channels);
        return new ContinuousSeries(window, interpolation, instants().slice(from, to), sliced);
    }

    @Override
    public ContinuousSeries delay(double seconds) {
        return new ContinuousSeries(
                frame().delayed(instants(), seconds), interpolation, instants().delayed(seconds), values);
    }

    private ContinuousSeries shiftedOnce(double seconds) {
        return new ContinuousSeries(frame().once(), interpolation, instants(), values).delay(seconds);
    }

    @Override
    public ContinuousSeries startingAt(double start) {
        return delay(instants().between(start(), start));
    }

    @Override
    public ContinuousSeries repeated() {
        return new ContinuousSeries(frame().repeated(), interpolation, instants(), values);
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
        return new ContinuousSeries(frame, interpolation, instants, raster.arrayWithoutCopy());
    }

    @Override
    public ContinuousSeries named(String... names) {
        return new ContinuousSeries(frame().named(names), interpolation, instants(), values);
    }

    @Override
    public ContinuousSeries select(String... names) {
        int[] picked = frame().indices(names);
        int channels = channels().size();
        float[] selected = new float[instants().size() * picked.length];
        for (int i = 0; i < selected.length; i++) {
            selected[i] = values[i / picked.length * channels + picked[i % picked.length]];
        }
        return new ContinuousSeries(frame().with(List.of(names)), interpolation, instants(), selected);
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
        if (interpolation != other.interpolation) {
            throw new RiffleException("a series interpolated %s cannot be joined with one interpolated %s"
                    .formatted(interpolation, other.interpolation));
        }
    }

    /** Series that continue each other, in order. */
    private static ContinuousSeries joined(List<ContinuousSeries> all) {
        List<ContinuousSeries> pieces =
                all.stream().filter(piece -> piece.duration() > 0).toList();
        return pieces.size() < 2 ? pieces.stream().findFirst().orElse(all.get(0)) : Seams.join(pieces);
    }

    static ContinuousSeries joined(Frame frame, Interpolation interpolation, List<ContinuousSeries> parts) {
        int count = parts.stream().mapToInt(part -> part.values.length).sum();
        float[] values = new float[count];
        int at = 0;
        for (ContinuousSeries part : parts) {
            System.arraycopy(part.values, 0, values, at, part.values.length);
            at += part.values.length;
        }
        Instants instants =
                Instants.join(parts.stream().map(ContinuousSeries::instants).toList());
        return new ContinuousSeries(frame, interpolation, instants, values);
    }

    /** The samples with these indices alone, whatever the window. */
    ContinuousSeries samples(int from, int to) {
        return slice(frame(), from, to);
    }

    /** The value at the start, as a sample. */
    ContinuousSeries sampleAtStart() {
        return sampleAt(Math.max(0, instants().lastReached(start())), start());
    }

    /** The value towards which the series goes at its stop, as a sample there: of a jump at the stop, the first. */
    ContinuousSeries sampleAtStop() {
        int after = instants().firstNotBefore(stop());
        boolean there = after < instants().size() && Clock.same(instants().time(after), stop());
        return sampleAt(there ? after : after - 1, stop());
    }

    private ContinuousSeries sampleAt(int index, double time) {
        float[] row = new float[channels().size()];
        write(index, time, row, 0);
        Instants one = instants()
                .clock()
                .filter(clock -> clock.stepAt(time).isPresent())
                .map(clock -> Instants.onClock(clock, clock.floor(time), 1))
                .orElse(Instants.free(new double[] {time}));
        return new ContinuousSeries(frame(), interpolation, one, row);
    }

    boolean sameSample(int index, ContinuousSeries other, int otherIndex) {
        int channels = channels().size();
        return Clock.same(instants().time(index), other.instants().time(otherIndex))
                && Arrays.equals(
                        values,
                        index * channels,
                        (index + 1) * channels,
                        other.values,
                        otherIndex * channels,
                        (otherIndex + 1) * channels);
    }

    /** The channels of both, side by side. Both have their samples at the same times: {@link #resample} makes it so. */
    public ContinuousSeries merge(ContinuousSeries other) {
        frame().checkMergesWith(other.frame());
        checkSameInterpolation(other);
        if (!instants().equals(other.instants())) {
            throw new RiffleException(
                    "series with samples at different times cannot be merged; resample both to the same dt");
        }
        int mine = channels().size();
        int all = mine + other.channels().size();
        float[] merged = new float[instants().size() * all];
        for (int i = 0; i < instants().size(); i++) {
            System.arraycopy(values, i * mine, merged, i * all, mine);
            System.arraycopy(other.values, i * (all - mine), merged, i * all + mine, all - mine);
        }
        List<String> names =
                Stream.concat(channels().stream(), other.channels().stream()).toList();
        return new ContinuousSeries(frame().with(names), interpolation, instants(), merged);
    }

    // ---- for files

    Tensor allValues() {
        int channels = channels().size();
        return Tensor.wrap(values, values.length / channels, channels);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContinuousSeries series
                && frame().equals(series.frame())
                && interpolation == series.interpolation
                && instants().equals(series.instants())
                && Arrays.equals(values, series.values);
    }

    @Override
    public int hashCode() {
        return 31 * frame().hashCode() + Arrays.hashCode(values);
    }

    /** {@code ContinuousSeries(0 s to 0.01 s, 2 channels, 10 samples)}. */
    @Override
    public String toString() {
        int samples = times().length;
        return "ContinuousSeries(%s, %d sample%s)".formatted(frame(), samples, samples == 1 ? "" : "s");
    }
}
