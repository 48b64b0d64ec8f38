package io.riffle.sim.time;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.Evolution;
import io.riffle.sim.Module;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A network that takes and gives time series: {@link Module#timed()}. It evolves the module's own state, and its time is
 * the number of steps that this state has come, so each call continues where the last one ended, and pieces of a series
 * give the same bits as the whole.
 *
 * <p>Immutable but for the module: what {@link #withOutput} and {@link #withOutside} give shares it, and its state.
 */
public final class TimedModule {
    private final Module module;
    private final Clock clock;
    private final Output output;
    private final Outside outside;

    /** What kind of series a module gives. */
    public enum Output {
        EVENTS,
        CONTINUOUS
    }

    private TimedModule(Module module, Clock clock, Output output, Outside outside) {
        this.module = requireNonNull(module, "module is null");
        this.clock = clock;
        this.output = requireNonNull(output, "output is null");
        this.outside = requireNonNull(outside, "outside is null");
    }

    /** At the dt that the module names. */
    public static TimedModule of(Module module) {
        Set<Double> named = module.timeSteps();
        if (named.isEmpty()) {
            throw new RiffleException(
                    "%s names no dt, expected one as an argument: timed(0.001)".formatted(module.where()));
        }
        return of(module, named.iterator().next());
    }

    /** At this dt, in seconds; the module names no other. */
    public static TimedModule of(Module module, double dt) {
        refusePart(module);
        Set<Double> named = module.timeSteps();
        if (named.size() > 1) {
            throw new RiffleException("%s: its modules name different dt, %s, expected one"
                    .formatted(
                            module.where(),
                            String.join(
                                    " and ", named.stream().map(Clock::seconds).toList())));
        }
        for (double own : named) {
            if (own != dt) {
                throw new RiffleException("%s: its dt is %s, but it is to be timed at %s"
                        .formatted(module.where(), Clock.seconds(own), Clock.seconds(dt)));
            }
        }
        Output kind = module.spikingOutput() ? Output.EVENTS : Output.CONTINUOUS;
        return new TimedModule(module, new Clock(dt), kind, Outside.ERROR);
    }

    private static void refusePart(Module module) {
        if (module.name().isPresent()) {
            throw new RiffleException(
                    "%s: a part of a network has no time of its own, expected the whole".formatted(module.where()));
        }
    }

    /** The same module, giving this kind of series. */
    public TimedModule withOutput(Output kind) {
        return new TimedModule(module, clock, kind, outside);
    }

    /** The same module, for inputs that start later than its time or stop before the end of the given duration. */
    public TimedModule withOutside(Outside declared) {
        return new TimedModule(module, clock, output, declared);
    }

    // ---- looking at it

    public Module module() {
        return module;
    }

    /** (Nin, Nout). */
    public Shape shape() {
        return Shape.of(module.sizeIn(), module.sizeOut());
    }

    /** The length of a step, in seconds. */
    public double dt() {
        return clock.dt();
    }

    /** The step that comes next. */
    public long step() {
        return module.nextStep();
    }

    /** When the step that comes next begins, in seconds. */
    public double time() {
        return clock.time(step());
    }

    /** Takes the module's own state back to its initial value, and the time to 0. */
    public TimedModule resetState() {
        module.resetState();
        return this;
    }

    // ---- evolving

    /** Evolves over the whole input, which starts at the module's time; over one period of a periodic one. */
    public TimedEvolution evolve(TimeSeries input) {
        return evolve(input, Recorder.NONE);
    }

    /** Evolves over the whole input, which starts at the module's time; over one period of a periodic one. */
    public TimedEvolution evolve(TimeSeries input, Recorder recorder) {
        long now = step();
        if (input.periodic()) {
            long stop = clock.ceil(time() + input.duration());
            return evolve(raster(input, now, Clock.count(stop - now)), recorder);
        }
        long first = input.firstStep(dt());
        if (first < now) {
            throw new RiffleException(
                    "%s: the input starts at %s, earlier than the module's time %s; clip it, or reset the state"
                            .formatted(module.where(), Clock.seconds(input.start()), Clock.seconds(time())));
        }
        if (first > now && outside == Outside.ERROR) {
            throw new RiffleException(
                    "%s: the input starts at %s, later than the module's time %s; declare what lies outside, or let it start there"
                            .formatted(module.where(), Clock.seconds(input.start()), Clock.seconds(time())));
        }
        long count = first + input.steps(dt()) - now;
        return evolve(raster(input, now, Clock.count(count)), recorder);
    }

    /** Evolves for so many seconds over that part of the input which begins at the module's time. */
    public TimedEvolution evolve(TimeSeries input, double duration) {
        return evolve(input, duration, Recorder.NONE);
    }

    /** Evolves for so many seconds over that part of the input which begins at the module's time. */
    public TimedEvolution evolve(TimeSeries input, double duration, Recorder recorder) {
        return evolve(raster(input, step(), clock.steps(duration)), recorder);
    }

    /** Evolves for so many seconds with an input of zeros. */
    public TimedEvolution evolve(double duration) {
        return evolve(duration, Recorder.NONE);
    }

    /** Evolves for so many seconds with an input of zeros. */
    public TimedEvolution evolve(double duration, Recorder recorder) {
        return evolve(Tensor.zeros(Shape.of(clock.steps(duration), module.sizeIn())), recorder);
    }

    private Tensor raster(TimeSeries input, long firstStep, int steps) {
        try {
            return input.raster(dt(), firstStep, steps, outside);
        } catch (RiffleException wrong) {
            throw new RiffleException("%s: %s".formatted(module.where(), wrong.getMessage()), wrong);
        }
    }

    private TimedEvolution evolve(Tensor input, Recorder recorder) {
        refusePart(module);
        long first = step();
        Evolution result = module.evolve(input, recorder);
        TimeSeries given = described("the output", () -> output(first, result.output()));
        Map<String, ContinuousSeries> record = new LinkedHashMap<>();
        result.record()
                .forEachLeaf((path, value) -> record.put(
                        path,
                        described("the record '%s'".formatted(path), () -> record(first, (Tensor) value, input))));
        return new TimedEvolution(given, result.state(), record);
    }

    private TimeSeries output(long first, Tensor signal) {
        Tensor raster = signal.reshape(signal.steps(), signal.channels());
        return output == Output.EVENTS
                ? EventSeries.ofRaster(dt(), first, raster)
                : ContinuousSeries.ofRaster(dt(), first, raster);
    }

    /** A record (1, T, ..) as a series whose channels are named by their indices. */
    private ContinuousSeries record(long first, Tensor value, Tensor input) {
        int steps = input.shape().size(0);
        Shape shape = value.shape();
        if (shape.rank() < 2 || shape.size(0) != 1 || shape.size(1) != steps) {
            throw new RiffleException("it has the shape %s, expected (1, %d, ..)".formatted(shape, steps));
        }
        List<String> names = List.of("");
        for (int dimension = 2; dimension < shape.rank(); dimension++) {
            int size = shape.size(dimension);
            names = names.stream()
                    .flatMap(outer -> IntStream.range(0, size)
                            .mapToObj(inner -> outer.isEmpty() ? Integer.toString(inner) : outer + "." + inner))
                    .toList();
        }
        ContinuousSeries series = ContinuousSeries.ofRaster(dt(), first, value.reshape(steps, names.size()));
        return shape.rank() == 2 ? series : series.named(names.toArray(String[]::new));
    }

    private <T> T described(String what, Supplier<T> made) {
        try {
            return made.get();
        } catch (RiffleException wrong) {
            throw new RiffleException(
                    "%s: %s cannot be a series: %s; the module stands at %s now"
                            .formatted(module.where(), what, wrong.getMessage(), Clock.seconds(time())),
                    wrong);
        }
    }

    /** The way Rockpool prints it: the module stands in braces under the name {@code _module}. */
    @Override
    public String toString() {
        String child = module.className() + " '_module'";
        String printed = child + module.toString().substring(module.fullName().length());
        return "TimedModuleWrapper  with shape %s {\n    %s\n} with %s as module"
                .formatted(shape(), printed.replace("\n", "\n    "), child);
    }
}
