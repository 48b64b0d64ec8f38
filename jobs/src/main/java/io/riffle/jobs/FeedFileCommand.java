package io.riffle.jobs;

import io.riffle.jobs.feed.FileFeed;
import io.riffle.jobs.feed.Replay;
import io.riffle.jobs.feed.ReplaySettings;
import io.riffle.jobs.feed.Speed;
import io.riffle.jobs.files.InputFile;
import io.riffle.jobs.files.InputSettings;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.lifecycle.Stop;
import io.riffle.jobs.view.Progress;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code riffle feed FILE --to TOPIC}: a recording. */
@Command(
        name = "file",
        description = {
            "Replays a recording: Arrow, CSV, NumPy, WAV, events, HDF5; docs/data.md has the table. - is standard input.",
            "A stream that the topic holds already starts a new run, so that the network computes what 'riffle evolve' "
                    + "does; --continue goes on behind its last step instead.",
            "Timestamps are those of now. Samples keep their own times."
        },
        footer = {
            "",
            "Examples:",
            "  riffle feed walk.npy --dt 0.001 --to sensors",
            "  riffle feed speech.wav --dt 0.001 --resample --to sound --loop",
            "  riffle feed walk.arrow --to sensors --rate max --streams 100 --offset 250ms",
            "  sensor | riffle feed - --format csv --dt 0.01 --to sensors"
        })
final class FeedFileCommand implements Callable<Integer> {
    private static final Path STANDARD_INPUT = Path.of("-");

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "FILE", description = "The recording, or - for standard input.")
    private Path file;

    @Mixin
    private TopicOptions topicOptions;

    @Mixin
    private InputOptions inputOptions;

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            description = "Name of the stream of a file that names none. Default: the file's name without its ending.")
    private Optional<String> stream = Optional.empty();

    @Option(names = "--dt", paramLabel = "SECONDS", description = "The length of a step. Default: what the file says.")
    private Optional<Double> dt = Optional.empty();

    @Option(
            names = "--chunk",
            paramLabel = "STEPS",
            description = "Steps, or samples, per Kafka record. Default: those of 50 ms.")
    private Optional<Integer> chunk = Optional.empty();

    @Option(
            names = "--rate",
            paramLabel = "SPEED",
            converter = ToSpeed.class,
            description = "realtime, max (as fast as possible) or a number such as 2x. Default: realtime; of standard "
                    + "input max, as it comes when it comes.")
    private Optional<Speed> speed = Optional.empty();

    @Option(names = "--loop", description = "Begins anew at the end; steps and times go on. Default: once.")
    private boolean loop;

    @Option(
            names = "--streams",
            paramLabel = "N",
            description = "Makes N streams of each, NAME-0, NAME-1, ...; for load tests. The recording lies in memory.")
    private Optional<Integer> streams = Optional.empty();

    @Option(
            names = "--offset",
            converter = DurationConverter.class,
            defaultValue = "0s",
            description = "With --streams: how much farther in the recording each stream begins than the one before, "
                    + "such as 250ms. Default: ${DEFAULT-VALUE}.")
    private Duration offset;

    @Option(
            names = "--continue",
            description = "A stream that the topic holds goes on with its next step. Default: it starts a new run.")
    private boolean goOn;

    @Option(
            names = "--duration",
            converter = DurationConverter.class,
            description = "Ends after so long, such as 10s. Default: at the end of the file, or with Ctrl-C.")
    private Optional<Duration> duration = Optional.empty();

    @Option(
            names = {"-q", "--quiet"},
            description = "Prints only errors.")
    private boolean quiet;

    @Override
    public Integer call() {
        ReplaySettings settings = settings();
        OptionalDouble step = dt.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
        InputSettings input = inputOptions
                .settings(Optional.of(stream.orElseGet(this::fileName)), step)
                .withMostSteps(number(chunk));
        FileFeed feed = new FileFeed(new InputFile(file, input), InputFile.shown(file), step, settings);
        Brokers brokers = topicOptions.reach();
        try (Stop stop = new Stop()) {
            Progress progress = new Progress(spec.commandLine().getErr(), System::nanoTime, "steps");
            Replay.Watch watch = quiet ? (count, share) -> {} : (count, share) -> progress.at(count.steps(), share);
            Replay.Count count = feed.run(brokers, topicOptions.topic(), stop, watch);
            if (!quiet) {
                print(count, progress.seconds());
            }
        }
        return 0;
    }

    private void print(Replay.Count count, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s of %s in %s, %.1f s -> topic %s%n",
                Names.count(count.steps(), "step"),
                Names.count(count.streams(), "stream"),
                Names.count(count.records(), "record"),
                seconds,
                topicOptions.topic());
        out.flush();
    }

    private ReplaySettings settings() {
        boolean standard = file.equals(STANDARD_INPUT);
        if (dt.isPresent() && !(dt.get() > 0 && dt.get() < Double.POSITIVE_INFINITY)) {
            throw wrongCall("--dt is %s, expected seconds above 0".formatted(dt.get()));
        }
        if (standard && loop) {
            throw wrongCall("--loop needs a file, standard input is read once");
        }
        if (stream.filter(String::isBlank).isPresent()) {
            throw wrongCall("--stream is empty, expected a name");
        }
        try {
            return new ReplaySettings(
                    number(chunk),
                    speed.orElse(standard ? Speed.MAX : Speed.REAL_TIME),
                    loop,
                    number(streams),
                    offset,
                    goOn,
                    duration);
        } catch (RiffleException wrong) {
            throw wrongCall(wrong.getMessage());
        }
    }

    private static OptionalInt number(Optional<Integer> given) {
        return given.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    private String fileName() {
        if (file.equals(STANDARD_INPUT)) {
            return "stdin";
        }
        String name = file.getFileName().toString();
        int ending = name.lastIndexOf('.');
        return ending <= 0 ? name : name.substring(0, ending);
    }

    private ParameterException wrongCall(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static final class ToSpeed implements ITypeConverter<Speed> {
        @Override
        public Speed convert(String text) {
            try {
                return Speed.parse(text);
            } catch (RiffleException wrong) {
                throw new TypeConversionException(wrong.getMessage());
            }
        }
    }
}
