package io.riffle.jobs.bench;

import io.riffle.jobs.embedded.TemporaryFolder;
import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long {@code riffle demo} takes from the call to its first output, each time in a process of its own. */
final class StartSection {
    private static final Pattern FIRST_OUTPUT = Pattern.compile("first output (\\d+\\.\\d+) s after the start");
    private static final String LAUNCHER = "riffle.launcher";

    private final BenchSettings settings;
    private final Talk talk;
    private final SectionReport report = new SectionReport(Section.START);

    StartSection(BenchSettings settings, Talk talk) {
        this.settings = settings;
        this.talk = talk;
    }

    SectionReport measure() throws InterruptedException {
        Optional<Path> launcher =
                Optional.ofNullable(System.getProperty(LAUNCHER)).map(Path::of);
        if (launcher.isEmpty()) {
            report.remark("not measured, because this process was not started by ./riffle");
            return report;
        }
        List<Double> demo = new ArrayList<>();
        List<Double> help = new ArrayList<>();
        try (TemporaryFolder folder = new TemporaryFolder("riffle-bench-start")) {
            for (int repeat = 1; repeat <= settings.repeats(); repeat++) {
                talk.say("start: repeat %d of %d".formatted(repeat, settings.repeats()));
                demo.add(demo(launcher.get(), folder.path()));
                help.add(help(launcher.get(), folder.path()));
            }
        } catch (IOException e) {
            throw new RiffleException("%s did not run: %s".formatted(launcher.get(), e.getMessage()), e);
        }
        report.add(Figure.of("riffle demo, to its first output", "s", demo));
        report.add(Figure.of("riffle help", "s", help));
        return report;
    }

    private static double demo(Path launcher, Path folder) throws IOException, InterruptedException {
        String printed = run(folder, launcher.toString(), "demo", "--plain", "--duration", "2s");
        Matcher found = FIRST_OUTPUT.matcher(printed);
        if (!found.find()) {
            throw new RiffleException("the demo gave no output: " + printed.strip());
        }
        return Double.parseDouble(found.group(1));
    }

    private static double help(Path launcher, Path folder) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        run(folder, launcher.toString(), "help");
        return (System.nanoTime() - begin) / 1e9;
    }

    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(1, TimeUnit.MINUTES);
            return printed;
        } finally {
            process.destroy();
        }
    }
}
