package io.riffle.sim.time;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A signal in time, from {@link #start} to {@link #stop}: values ({@link ContinuousSeries}) or events
 * ({@link EventSeries}), of named channels. Immutable.
 *
 * <p>To a module it is a raster: so many steps of dt, a row each. Step k stands for the time from {@code k * dt} to
 * {@code (k + 1) * dt}, that end excluded: a continuous series is sampled at its beginning, events are counted within.
 */
public abstract sealed class TimeSeries permits ContinuousSeries, EventSeries {
    private final Frame frame;
    private final Instants instants;

    TimeSeries(Frame frame, Instants instants) {
        this.frame = requireNonNull(frame, "frame is null");
        this.instants = requireNonNull(instants, "instants is null");
    }

    final Frame frame() {
        return frame;
    }

    final Instants instants() {
        return instants;
    }

    /** In seconds. */
    public final double start() {
        return frame.start();
    }

    /** In seconds; the series holds up to there. */
    public final double stop() {
        return frame.stop();
    }

    /** In seconds; of a periodic series, the period. */
    public final double duration() {
        return instants.between(frame.start(), frame.stop());
    }

    /** Whether what is from start to stop is there again and again, before and after, without end. */
    public final boolean periodic() {
        return frame.periodic();
    }

    /** The names of the channels. */
    public final List<String> channels() {
        return frame.channels();
    }

    /** The length of the steps on which the samples or events are, in seconds, if they are on steps. */
    public final OptionalDouble dt() {
        return instants.clock().map(clock -> OptionalDouble.of(clock.dt())).orElse(OptionalDouble.empty());
    }

    // ---- steps

    /** The first step of dt that this series has something for. */
    public abstract long firstStep(double dt);

    /** How many steps of dt this series has something for. */
    public abstract long steps(double dt);

    /** All its steps of dt: (T, N). */
    public final Tensor raster(double dt) {
        return raster(dt, firstStep(dt), Clock.count(steps(dt)), Outside.ERROR);
    }

    /** The steps from this one on: (T, N). */
    public abstract Tensor raster(double dt, long firstStep, int steps, Outside outside);

    final RiffleException outside(Clock clock, long firstStep, long steps) {
        return new RiffleException(
                "the steps from %s to %s were asked for, but the series goes from %s: clip it to whole steps, or declare what lies outside"
                        .formatted(
                                Clock.seconds(clock.time(firstStep)),
                                Clock.seconds(clock.time(firstStep + steps)),
                                frame.span()));
    }

    // ---- other series from this one

    /**
     * What lies between two times, the second excluded. They must lie within the series, but of a periodic one, from
     * which any piece can be cut.
     */
    public abstract TimeSeries clip(double from, double to);

    /** The same, so many seconds later. */
    public abstract TimeSeries delay(double seconds);

    /** The same, moved so that it starts at this time. */
    public abstract TimeSeries startingAt(double start);

    /** The same again and again, see {@link #periodic}. */
    public abstract TimeSeries repeated();

    /** The same on steps of dt. */
    public abstract TimeSeries resample(double dt);

    /** The same with other names for its channels. */
    public abstract TimeSeries named(String... names);

    /** These channels, in this order. */
    public abstract TimeSeries select(String... names);

    // ---- files

    /** Writes it into a file that {@link #load} reads: one JSON object, described at {@link SeriesFile}. */
    public final void save(Path file) {
        SeriesFile.write(this, file);
    }

    /** Reads a file that {@link #save} wrote, to the same bits. */
    public static TimeSeries load(Path file) {
        return SeriesFile.read(file);
    }
}
