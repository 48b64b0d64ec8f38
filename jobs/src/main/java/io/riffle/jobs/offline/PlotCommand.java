package io.riffle.jobs.offline;

import io.riffle.jobs.CommonOptions;
import io.riffle.jobs.InputOptions;
import io.riffle.jobs.files.InputSettings;
import io.riffle.jobs.offline.PlotFile.Steps;
import io.riffle.jobs.picture.Columns;
import io.riffle.jobs.picture.Picture;
import io.riffle.jobs.picture.Section;
import io.riffle.jobs.picture.TimeAxis;
import io.riffle.jobs.view.Progress;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code riffle plot FILE...}: recordings as a picture. */
@Command(
        name = "plot",
        description = {
            "Draws what evolve, tap --output and --record wrote, several files below each other on one axis of time.",
            "Events become a raster, few channels become traces, many a heat map. Files are Arrow or CSV (.csv)."
        })
public final class PlotCommand implements Callable<Integer> {
    private static final int MOST_STREAMS = 8;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Recordings.")
    private List<Path> files;

    @Mixin
    private InputOptions inputOptions;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The picture, .png or .svg. Default: the name of the first recording with .png.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--from", paramLabel = "SECONDS", description = "Begins there. Default: with the first step.")
    private Optional<Double> from = Optional.empty();

    @Option(names = "--to", paramLabel = "SECONDS", description = "Ends before. Default: after the last step.")
    private Optional<Double> to = Optional.empty();

    @Option(
            names = "--dt",
            paramLabel = "SECONDS",
            description = "The length of a step in files that do not say it, as CSV files. Default: that of the other "
                    + "files; without any the axis counts steps.")
    private Optional<Double> dt = Optional.empty();

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            description = "Only this stream. Default: all, the first " + MOST_STREAMS + " of a file.")
    private Optional<String> stream = Optional.empty();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            converter = PlotKind.Converter.class,
            defaultValue = "auto",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}, by what the values look like.")
    private PlotKind kind;

    @Option(
            names = "--channels",
            paramLabel = "LIST",
            converter = ChannelChoice.Converter.class,
            description = "Only these channels, such as 0-15,20. Default: all.")
    private Optional<ChannelChoice> channels = Optional.empty();

    @Option(names = "--title", paramLabel = "TEXT", description = "Above the picture. Default: the files' names.")
    private Optional<String> title = Optional.empty();

    @Override
    public Integer call() {
        checkOptions();
        Path picture = picture();
        InputSettings settings = inputOptions.settings(
                Optional.empty(), dt.map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
        List<PlotFile> recordings = files.stream()
                .map(file -> new PlotFile(file, settings, channels))
                .toList();
        Optional<Double> known = knownStep(recordings);
        Passes passes = new Passes(2 * recordings.size());
        List<PlotChart> charts = new ArrayList<>();
        for (PlotFile recording : recordings) {
            double step = recording.dt().orElse(known.orElse(1.0));
            recording.survey(Steps.between(begin(), end(), step), passes.next());
            streams(recording).forEach(name -> charts.add(new PlotChart(recording, name, step)));
        }
        TimeAxis axis = axis(charts, known.isPresent());
        List<Section> sections = new ArrayList<>();
        for (PlotFile recording : recordings) {
            sections.addAll(sections(recording, charts, passes.next()));
        }
        new Picture(title.orElseGet(this::fileNames), axis, sections).write(picture);
        String unit = known.isPresent() ? "s" : "steps";
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%s, %s to %s %s -> %s%n",
                        Names.count(sections.size(), "chart"),
                        number(axis.beginSeconds()),
                        number(axis.endSeconds()),
                        unit,
                        picture);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private void checkOptions() {
        if (dt.isPresent() && !(dt.get() > 0 && dt.get() < Double.POSITIVE_INFINITY)) {
            throw wrongCall("--dt is %s, expected seconds above 0".formatted(dt.get()));
        }
        if (!(begin() >= 0 && begin() < Double.POSITIVE_INFINITY)) {
            throw wrongCall("--from is %s, expected seconds from 0".formatted(begin()));
        }
        if (!(begin() < end())) {
            throw wrongCall(
                    "--to is %s, expected seconds above %s as --from says".formatted(number(end()), number(begin())));
        }
    }

    private double begin() {
        return from.orElse(0.0);
    }

    private double end() {
        return to.orElse(Double.POSITIVE_INFINITY);
    }

    private Path picture() {
        Path first = files.get(0);
        String name = first.getFileName().toString();
        int ending = name.lastIndexOf('.') <= 0 ? name.length() : name.lastIndexOf('.');
        Path picture = output.orElse(first.resolveSibling(name.substring(0, ending) + ".png"));
        if (!Picture.isPicture(picture)) {
            throw wrongCall("--output is %s, expected a name that ends in .png or .svg".formatted(picture));
        }
        for (Path file : files) {
            if (file.toAbsolutePath()
                    .normalize()
                    .equals(picture.toAbsolutePath().normalize())) {
                throw wrongCall(
                        "the picture would replace the recording %s, expected another --output".formatted(file));
            }
        }
        return picture;
    }

    /** The length of a step for files that do not say it, if anybody does. */
    private Optional<Double> knownStep(List<PlotFile> recordings) {
        Set<Double> said = new TreeSet<>();
        recordings.forEach(recording -> recording.dt().ifPresent(said::add));
        Optional<Path> silent = recordings.stream()
                .filter(recording -> recording.dt().isEmpty())
                .map(PlotFile::file)
                .findFirst();
        if (dt.isPresent()) {
            if (silent.isEmpty() && !said.equals(Set.of(dt.get()))) {
                throw new RiffleException("--dt is %s s, %s has the time-step %s s"
                        .formatted(dt.get(), files.get(0), said.iterator().next()));
            }
            return dt;
        }
        if (silent.isPresent() && (said.size() > 1 || said.isEmpty() && (from.isPresent() || to.isPresent()))) {
            throw new RiffleException(
                    "%s does not say how long a step is, expected --dt SECONDS".formatted(silent.get()));
        }
        return said.stream().findFirst();
    }

    /** The streams of a file that are drawn. */
    private Collection<String> streams(PlotFile recording) {
        if (stream.isPresent()) {
            recording.extent(stream.get()); // refuses one that is not there
            return List.of(stream.get());
        }
        Collection<String> all = recording.streams();
        if (all.size() > MOST_STREAMS) {
            spec.commandLine()
                    .getErr()
                    .printf(
                            "%d streams, the first %d are drawn; --stream NAME chooses one%n",
                            all.size(), MOST_STREAMS);
            spec.commandLine().getErr().flush();
        }
        return all.stream().limit(MOST_STREAMS).toList();
    }

    /** From the first to the last step of all, but not beyond what was asked for. */
    private TimeAxis axis(List<PlotChart> charts, boolean inSeconds) {
        double first = Double.POSITIVE_INFINITY;
        double last = 0;
        boolean any = false;
        for (PlotChart chart : charts) {
            PlotFile.Extent extent = chart.extent();
            first = Math.min(first, extent.beginStep() * chart.dt());
            last = Math.max(last, extent.endStep() * chart.dt());
            any |= !chart.window(begin(), end()).isEmpty();
        }
        if (!any) {
            throw new RiffleException("no step lies from %s s to %s, expected some of %s s to %s s as in %s"
                    .formatted(
                            number(begin()),
                            to.map(seconds -> number(seconds) + " s").orElse("the end"),
                            number(first),
                            number(last),
                            fileNames()));
        }
        double begin = Math.max(begin(), first);
        double end = Math.min(end(), last);
        return inSeconds ? TimeAxis.sinceStepZero(begin, end) : TimeAxis.steps(begin, end);
    }

    /** Those of one file, in the order in which they are drawn. */
    private List<Section> sections(PlotFile recording, List<PlotChart> charts, PlotFile.Watch watch) {
        List<Section> sections = new ArrayList<>();
        Map<String, Columns> gathered = new LinkedHashMap<>();
        for (PlotChart chart : charts) {
            if (chart.file() == recording) {
                Columns columns = chart.columns(kind, begin(), end());
                gathered.put(chart.stream(), columns);
                sections.add(chart.section(kind, columns, files.size() == 1));
            }
        }
        recording.gather(gathered, watch);
        return sections;
    }

    private String fileNames() {
        return files.stream().map(file -> file.getFileName().toString()).collect(Collectors.joining(", "));
    }

    private static String number(double value) {
        return Double.isInfinite(value) || Double.isNaN(value)
                ? Double.toString(value)
                : new BigDecimal(value, new MathContext(14))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private ParameterException wrongCall(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Tells how far the passes over all files have come. */
    private final class Passes {
        private final Progress progress = new Progress(spec.commandLine().getErr(), System::nanoTime, "steps");
        private final int count;
        private int begun;
        private long steps;

        Passes(int count) {
            this.count = count;
        }

        PlotFile.Watch next() {
            int before = begun++;
            return (read, share) -> {
                steps += read;
                progress.at(steps, (before + share) / count);
            };
        }
    }
}
