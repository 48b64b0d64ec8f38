package io.riffle.jobs;

import io.riffle.jobs.files.StandardOutput;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.kafka.TopicTail;
import io.riffle.jobs.lifecycle.Stop;
import io.riffle.jobs.picture.Picture;
import io.riffle.jobs.tap.TapFiles;
import io.riffle.jobs.tap.TapView;
import io.riffle.jobs.tap.Tapped;
import io.riffle.jobs.tap.TextLines;
import io.riffle.jobs.view.Screen;
import io.riffle.sim.RiffleException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code riffle tap TOPIC}: what is in a topic. */
@Command(
        name = "tap",
        description = {
            "Shows what comes into a topic: sensors, outputs, recorded state, notices, rejected records.",
            "As a live picture in a terminal (q or Ctrl-C ends), else as lines.",
            "With --output or --plot it writes what the topic holds, and ends; with --follow, what comes until Ctrl-C."
        },
        footer = {
            "",
            "Examples:",
            "  riffle tap spikes --output spikes.arrow --plot spikes.png",
            "  riffle tap spikes --stream arm --output arm.npy",
            "  riffle tap spikes --follow --output - | grep arm"
        })
final class TapCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(50);

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "TOPIC", description = "The topic; it need not exist yet.")
    private String topic;

    @Mixin
    private BrokerOptions brokerOptions;

    @Option(
            names = "--from-beginning",
            description = "What the topic holds already as well. Default: what comes; of --output and --plot without "
                    + "--follow always.")
    private boolean fromBeginning;

    @Option(names = "--stream", paramLabel = "NAME", description = "Only this stream. Default: all.")
    private Optional<String> stream = Optional.empty();

    @Option(names = "--count", paramLabel = "RECORDS", description = "Ends after so many records.")
    private long count = Long.MAX_VALUE;

    @Option(
            names = "--duration",
            converter = DurationConverter.class,
            description = "Ends after so long, such as 10s. Default: shows until Ctrl-C.")
    private Optional<Duration> duration = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "Writes the steps, or samples, into a file instead: .arrow, .arrows (Arrow stream format), .csv, or "
                            + ".npy for a single stream; - is CSV on standard output. "
                            + "What does not fit into its columns, such as steps of a later run, goes into another file beside it, "
                            + "with 'runs', 'steps' or 'samples' before the ending.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "Draws the steps into a picture, .png or .svg, as 'riffle plot' does.")
    private Optional<Path> plot = Optional.empty();

    @Option(
            names = "--follow",
            description = "With --output or --plot: goes on with what comes, until Ctrl-C, --count or --duration. "
                    + "Default: ends where the topic ends now, unless there is a --duration.")
    private boolean follow;

    @Option(names = "--plain", description = "One line per record, also in a terminal.")
    private boolean plain;

    @Override
    public Integer call() {
        if (plot.isPresent() && !Picture.isPicture(plot.get())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--plot is %s, expected a name that ends in .png or .svg".formatted(plot.get()));
        }
        Brokers brokers = brokerOptions.reach();
        try (Stop stop = new Stop();
                TopicTail tail = new TopicTail(brokers, List.of(topic), fromBeginning || endsAtEnd())) {
            if (isWritten()) {
                requireTopic(tail);
                write(tail, stop);
            } else if (plain || System.console() == null) {
                print(tail, stop);
            } else {
                draw(tail, stop);
            }
        }
        return 0;
    }

    private void print(TopicTail tail, Stop stop) {
        PrintWriter out = spec.commandLine().getOut();
        Waiting waiting = new Waiting(tail);
        follow(tail, stop, tapped -> out.println(TextLines.of(tapped)), any -> {
            out.flush();
            waiting.tellIfLong(any);
        });
    }

    private void draw(TopicTail tail, Stop stop) {
        TapView view = new TapView(topic, !fromBeginning);
        try (Screen screen = Screen.open(spec.commandLine().getOut(), false)) {
            follow(tail, stop, view::add, any -> {
                screen.show(view.view());
                if (screen.isQuitWanted()) {
                    stop.wish();
                }
            });
        }
    }

    private boolean isWritten() {
        return output.isPresent() || plot.isPresent();
    }

    /** Whether what the topic holds now is all that is wanted. */
    private boolean endsAtEnd() {
        return isWritten() && !follow && duration.isEmpty();
    }

    private void requireTopic(TopicTail tail) {
        if (endsAtEnd() && !tail.missing().isEmpty()) {
            throw new RiffleException("topic %s does not exist; --follow waits for it".formatted(topic));
        }
    }

    private void write(TopicTail tail, Stop stop) {
        boolean piped = output.filter(StandardOutput::is).isPresent();
        PrintWriter told =
                piped ? spec.commandLine().getErr() : spec.commandLine().getOut();
        Path drawn = plot.isPresent() ? TapPlot.recording() : null;
        List<TapFiles> files = new ArrayList<>();
        output.ifPresent(file -> files.add(new TapFiles(file)));
        plot.ifPresent(picture -> files.add(new TapFiles(drawn)));
        Waiting waiting = new Waiting(tail);
        try {
            follow(
                    tail,
                    stop,
                    tapped -> {
                        if (tapped instanceof Tapped.Values values) {
                            files.forEach(file -> file.append(values));
                        } else if (tapped instanceof Tapped.Measured measured) {
                            files.forEach(file -> file.append(measured));
                        } else {
                            told.println(TextLines.of(tapped));
                        }
                    },
                    waiting::tellIfLong);
        } finally {
            files.forEach(TapFiles::close);
        }
        if (output.isPresent()) {
            told.println(files.get(0).summary());
        }
        told.flush();
        plot.ifPresent(picture ->
                TapPlot.draw(files.get(files.size() - 1).stepFiles(), picture, "topic " + topic, spec.commandLine()));
    }

    /** @param eachRound is told whether anything was tapped so far */
    private void follow(TopicTail tail, Stop stop, Consumer<Tapped> each, Consumer<Boolean> eachRound) {
        long endNanos = System.nanoTime() + duration.map(Duration::toNanos).orElse(Long.MAX_VALUE / 2);
        long tapped = 0;
        boolean atEnd = false;
        while (!stop.isWished() && !atEnd && tapped < count && System.nanoTime() - endNanos < 0) {
            for (ConsumerRecord<String, byte[]> record : tail.poll(POLL)) {
                boolean wanted = stream.isEmpty() || stream.get().equals(record.key());
                if (wanted && tapped < count) {
                    tapped++;
                    each.accept(Tapped.of(record));
                }
            }
            eachRound.accept(tapped > 0);
            atEnd = endsAtEnd() && tail.isAtEnd();
        }
    }

    /** Tells once that nothing comes, so that silence is no riddle. */
    private final class Waiting {
        private final long tellNanos = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        private final TopicTail tail;
        private boolean told;

        Waiting(TopicTail tail) {
            this.tail = tail;
        }

        void tellIfLong(boolean any) {
            if (!any && !told && System.nanoTime() - tellNanos >= 0) {
                told = true;
                spec.commandLine()
                        .getErr()
                        .printf(
                                "waiting for data on topic %s%s%n",
                                topic, tail.missing().isEmpty() ? "" : ", which does not exist yet");
                spec.commandLine().getErr().flush();
            }
        }
    }
}
