package io.riffle.sim.time;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Events, each at a time and on a channel, in the order of time and then of channel. There may be several at the same
 * time on the same channel. An event at the stop is not within.
 */
public final class EventSeries extends TimeSeries {
    private final int[] channelIndices;

    private EventSeries(Frame frame, Instants instants, int[] channelIndices) {
        super(frame, instants);
        this.channelIndices = channelIndices;
    }

    /**
     * Events in any order.
     *
     * @param channels how many channels there are
     * @param times of each event, in seconds
     * @param channelIndices the channel of each event
     */
    public static EventSeries of(double start, double stop, int channels, double[] times, int[] channelIndices) {
        if (times.length != channelIndices.length) {
            throw new RiffleException("%d times and %d channels were given, expected one of each for every event"
                    .formatted(times.length, channelIndices.length));
        }
        return checked(Frame.of(start, stop, channels), Instants.free(times.clone()), channelIndices.clone());
    }

    /** No events on these many channels. */
    public static EventSeries none(double start, double stop, int channels) {
        return of(start, stop, channels, new double[0], new int[0]);
    }

    /**
     * As many events as the raster counts, at the beginnings of its steps.
     *
     * @param firstStep the step of the first row
     * @param counts (T, N)
     */
    public static EventSeries ofRaster(double dt, long firstStep, Tensor counts) {
        Clock clock = new Clock(dt);
        if (counts.shape().rank() != 2) {
            throw new RiffleException("counts of the shape %s were given, expected (T, N)".formatted(counts.shape()));
        }
        int steps = counts.shape().size(0);
        int channels = counts.shape().size(1);
        float[] raster = counts.arrayWithoutCopy();
        long events = 0;
        for (int i = 0; i < raster.length; i++) {
            if (!(raster[i] >= 0 && raster[i] < Integer.MAX_VALUE && raster[i] == Math.rint(raster[i]))) {
                throw new RiffleException("channel '%d' has %s events in the step at %s, expected a whole number"
                        .formatted(i % channels, raster[i], Clock.seconds(clock.time(firstStep + i / channels))));
            }
            events += (long) raster[i];
        }
        if (events > Integer.MAX_VALUE) {
            throw new RiffleException("a raster counts %d events, too many for one series".formatted(events));
        }
        long[] onSteps = new long[(int) events];
        int[] onChannels = new int[(int) events];
        int event = 0;
        for (int i = 0; i < raster.length; i++) {
            int count = (int) raster[i];
            Arrays.fill(onSteps, event, event + count, firstStep + i / channels);
            Arrays.fill(onChannels, event, event + count, i % channels);
            event += count;
        }
        Frame frame = Frame.of(clock.time(firstStep), clock.time(firstStep + steps), channels);
        return new EventSeries(frame, Instants.onClock(clock, onSteps), onChannels);
    }

    /** Takes the arrays over. */
    static EventSeries checked(Frame frame, Instants instants, int[] channelIndices) {
        for (int i = 0; i < channelIndices.length; i++) {
            double time = instants.time(i);
            int channel = channelIndices[i];
            if (!Double.isFinite(time) || instants.before(i, frame.start()) || !instants.before(i, frame.stop())) {
                throw new RiffleException("event %d is at %s, expected from %s, that end excluded"
                        .formatted(i, Clock.seconds(time), frame.span()));
            }
            if (channel < 0 || channel >= frame.channels().size()) {
                throw new RiffleException("event %d is on channel %d, expected 0 to %d"
                        .formatted(i, channel, frame.channels().size() - 1));
            }
        }
        return sorted(frame, instants, channelIndices);
    }

    private static EventSeries sorted(Frame frame, Instants instants, int[] channels) {
        int[] order = IntStream.range(0, channels.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(instants::time).thenComparingInt(i -> channels[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new EventSeries(
                frame,
                instants.pick(order),
                Arrays.stream(order).map(i -> channels[i]).toArray());
    }

    // ---- events

    /** How many events there are. */
    public int count() {
        return channelIndices.length;
    }

    /** The time of each event, in seconds. */
    public double[] times() {
        return IntStream.range(0, count()).mapToDouble(instants()::time).toArray();
    }

    /** The channel of each event: an index into {@link #channels}. */
    public int[] channelIndices() {
        return channelIndices.clone();
    }

    // ---- steps

    /** The step in which the series starts. */
    @Override
    public long firstStep(double dt) {
        return new Clock(dt).floor(start());
    }

    /** How many steps the series touches; {@link #raster} wants those at its ends to be whole. */
    @Override
    public long steps(double dt) {
        return new Clock(dt).ceil(stop()) - firstStep(dt);
    }

    /** How many events there are within each step. */
    @Override
    public Tensor raster(double dt, long firstStep, int steps, Outside outside) {
        Clock clock = new Clock(dt);
        requireNonNull(outside, "outside is null");
        if (outside == Outside.HOLD || outside.value() != 0) {
            throw new RiffleException(
                    "%s was declared for what lies outside of events, expected ERROR or fill(0)".formatted(outside));
        }
        if (periodic()) {
            return clip(clock.time(firstStep), clock.time(firstStep + steps)).raster(dt, firstStep, steps, outside);
        }
        boolean covered = firstStep >= clock.ceil(start()) && firstStep + steps <= clock.floor(stop());
        if (outside == Outside.ERROR && steps > 0 && !covered) {
            throw outside(clock, firstStep, steps);
        }
        int channels = channels().size();
        float[] counts = new float[Shape.of(steps, channels).count()];
        for (int i = 0; i < count(); i++) {
            long row = step(i, clock) - firstStep;
            if (row >= 0 && row < steps) {
                counts[(int) row * channels + channelIndices[i]]++;
            }
        }
        return Tensor.wrap(counts, steps, channels);
    }

    /** The step within which an event is; at an end of the series, one that the series touches. */
    private long step(int event, Clock clock) {
        long step = clock.floor(instants().time(event));
        return Math.max(clock.floor(start()), Math.min(step, clock.ceil(stop()) - 1));
    }

    // ---- other series from this one

    @Override
    public EventSeries clip(double from, double to) {
        if (periodic()) {
            Frame.checkOrder(from, to);
            List<EventSeries> periods =
                    Periods.covering(this, from, to).map(this::shiftedOnce).toList();
            Frame all = frame().between(
                            periods.get(0).start(),
                            periods.get(periods.size() - 1).stop());
            return joined(all, periods).clip(from, to);
        }
        Frame window = frame().clip(instants(), from, to);
        int first = instants().firstNotBefore(window.start());
        int after = window.stop() == stop() ? count() : instants().firstNotBefore(window.stop());
        first = window.start() == start() ? 0 : Math.min(first, after);
        return new EventSeries(
                window, instants().slice(first, after), Arrays.copyOfRange(channelIndices, first, after));
    }

    private static EventSeries joined(Frame frame, List<EventSeries> parts) {
        Instants instants =
                Instants.join(parts.stream().map(EventSeries::instants).toList());
        int[] channels = parts.stream()
                .flatMapToInt(part -> Arrays.stream(part.channelIndices))
                .toArray();
        return sorted(frame, instants, channels);
    }

    @Override
    public EventSeries delay(double seconds) {
        return new EventSeries(frame().delayed(instants(), seconds), instants().delayed(seconds), channelIndices);
    }

    private EventSeries shiftedOnce(double seconds) {
        return new EventSeries(frame().once(), instants(), channelIndices).delay(seconds);
    }

    @Override
    public EventSeries startingAt(double start) {
        return delay(instants().between(start(), start));
    }

    @Override
    public EventSeries repeated() {
        return new EventSeries(frame().repeated(), instants(), channelIndices);
    }

    /**
     * Every event moved to the beginning of its step; start and stop move outwards to whole steps. Of a periodic series
     * the period must be whole steps.
     */
    @Override
    public EventSeries resample(double dt) {
        Clock clock = new Clock(dt);
        if (periodic()) {
            Periods.checkWhole(this, clock);
        }
        long[] onSteps =
                IntStream.range(0, count()).mapToLong(i -> step(i, clock)).toArray();
        Frame frame =
                new Frame(clock.time(clock.floor(start())), clock.time(clock.ceil(stop())), periodic(), channels());
        return sorted(frame, Instants.onClock(clock, onSteps), channelIndices);
    }

    @Override
    public EventSeries named(String... names) {
        return new EventSeries(frame().named(names), instants(), channelIndices);
    }

    @Override
    public EventSeries select(String... names) {
        int[] picked = frame().indices(names);
        int[] renumbered = new int[channels().size()];
        Arrays.fill(renumbered, -1);
        for (int i = 0; i < picked.length; i++) {
            renumbered[picked[i]] = i;
        }
        int[] kept = IntStream.range(0, count())
                .filter(i -> renumbered[channelIndices[i]] >= 0)
                .toArray();
        int[] channels =
                Arrays.stream(kept).map(i -> renumbered[channelIndices[i]]).toArray();
        return sorted(frame().with(List.of(names)), instants().pick(kept), channels);
    }

    /** Both, one after the other in time: the other one starts where this one stops. */
    public EventSeries append(EventSeries next) {
        frame().checkContinuedBy(next.frame());
        return joined(frame().between(start(), next.stop()), List.of(this, next));
    }

    /** The events of both; channels of the same name are one. */
    public EventSeries merge(EventSeries other) {
        frame().checkMergesWith(other.frame());
        Set<String> names = new LinkedHashSet<>(channels());
        names.addAll(other.channels());
        Frame merged = frame().with(new ArrayList<>(names));
        return joined(
                merged,
                Stream.of(this, other).map(series -> series.over(merged)).toList());
    }

    /** The same events, their channels numbered as in a frame that has all of them. */
    private EventSeries over(Frame wider) {
        int[] renumbered = wider.indices(channels().toArray(String[]::new));
        return new EventSeries(
                wider,
                instants(),
                Arrays.stream(channelIndices).map(i -> renumbered[i]).toArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventSeries series
                && frame().equals(series.frame())
                && instants().equals(series.instants())
                && Arrays.equals(channelIndices, series.channelIndices);
    }

    @Override
    public int hashCode() {
        return 31 * frame().hashCode() + Arrays.hashCode(channelIndices);
    }

    /** {@code EventSeries(0 s to 0.01 s, 2 channels, 10 events)}. */
    @Override
    public String toString() {
        return "EventSeries(%s, %d event%s)".formatted(frame(), count(), count() == 1 ? "" : "s");
    }
}
