package io.riffle.jobs;

import io.riffle.jobs.bench.Bench;
import io.riffle.jobs.bench.BenchSettings;
import io.riffle.jobs.bench.Report;
import io.riffle.jobs.bench.Section;
import io.riffle.jobs.streaming.Preset;
import io.riffle.operators.Batching;
import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code riffle bench}: how fast this machine is. */
@Command(
        name = "bench",
        description = {
            "Measures this machine: the network alone, between Kafka topics, and what a stream costs. Each measurement "
                    + "takes turns with its yardstick in the same run, so that ratios hold where absolute figures do not.",
            "Kafka and Flink run in this process, on 127.0.0.1; all they write is deleted at the end. docs/performance.md "
                    + "says what the figures mean."
        })
final class BenchCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--only",
            paramLabel = "SECTION",
            split = ",",
            description = "What to measure: ${COMPLETION-CANDIDATES}. Several with commas.")
    private Set<Section> only = new LinkedHashSet<>();

    @Option(names = "--all", description = "Measures everything, some minutes.")
    private boolean all;

    @Option(names = "--repeats", description = "How often each measurement is repeated. Default: 3, with --quick 2.")
    private Optional<Integer> repeats = Optional.empty();

    @Option(
            names = "--duration",
            converter = DurationConverter.class,
            description = "How long each measurement of each repeat lasts. Default: 400ms, with --quick 50ms.")
    private Optional<Duration> duration = Optional.empty();

    @Option(names = "--quick", description = "Some seconds for each section: whether it works, not how fast it is.")
    private boolean quick;

    @Option(
            names = "--preset",
            description = "Of the jobs that are measured: ${COMPLETION-CANDIDATES}. Default: throughput, for latency "
                    + "low-latency, for memory balanced.")
    private Optional<Preset> preset = Optional.empty();

    @Option(
            names = "--batching",
            paramLabel = "WHEN",
            defaultValue = "AUTO",
            description = "Whether the network's job evolves chunks of different streams together, as of 'riffle run': "
                    + "auto, on or off. Default: auto.")
    private Batching batching;

    @Option(
            names = "--kafka-property",
            paramLabel = "KEY=VALUE",
            description =
                    "A setting for all Kafka clients that are measured, such as compression.type=lz4. Repeatable.")
    private Map<String, String> kafka = new LinkedHashMap<>();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            arity = "0..1",
            fallbackValue = STANDARD_OUTPUT,
            description =
                    "Writes the figures as JSON, into a file beside the text, or without a file's name instead of it.")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        BenchSettings settings = settings();
        boolean jsonOnly =
                json.filter(file -> file.toString().equals(STANDARD_OUTPUT)).isPresent();
        Optional<Path> file = jsonOnly ? Optional.empty() : json;
        file.ifPresent(BenchCommand::requireWritable);
        Report report = new Bench(settings, spec.commandLine().getErr()).run();
        PrintWriter out = spec.commandLine().getOut();
        out.print(jsonOnly ? report.json() + System.lineSeparator() : report.text());
        out.flush();
        file.ifPresent(path -> write(path, report.json()));
        return 0;
    }

    private BenchSettings settings() {
        if (all && !only.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--all and --only exclude each other");
        }
        try {
            return new BenchSettings(
                    sections(),
                    repeats.orElse(quick ? 2 : 3),
                    duration.orElse(Duration.ofMillis(quick ? 50 : 400)),
                    preset,
                    batching,
                    kafka);
        } catch (RiffleException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private Set<Section> sections() {
        if (!only.isEmpty()) {
            return only;
        }
        Set<Section> wanted = EnumSet.allOf(Section.class);
        wanted.removeIf(section -> !all && !section.isUsual());
        return wanted;
    }

    /** Before a minute is spent on figures that nobody gets. */
    private static void requireWritable(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
            throw new RiffleException("%s cannot be written, expected a file in a folder that exists".formatted(file));
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.write(file, Arrays.asList(text), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new RiffleException("%s cannot be written: %s".formatted(file, e), e);
        }
    }
}
