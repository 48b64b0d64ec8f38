package io.riffle.jobs.offline;

import io.riffle.jobs.CommonOptions;
import io.riffle.jobs.view.Progress;
import io.riffle.sim.conformance.CaseResult;
import io.riffle.sim.conformance.Conformance;
import io.riffle.sim.conformance.Deviation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code riffle verify CASE.json|DIRECTORY...}: does Riffle compute what was recorded? */
@Command(
        name = "verify",
        description = {
            "Replays recorded cases of Rockpool's modules and compares everything that was recorded.",
            "Status 1 if any case fails. What differs on purpose is listed with its reason."
        })
public final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(
            paramLabel = "CASE.json|DIRECTORY",
            arity = "1..*",
            description = "Case files, or directories with case files at any depth.")
    private List<Path> paths;

    @Override
    public Integer call() {
        List<Path> files = new ArrayList<>();
        paths.forEach(path -> files.addAll(caseFiles(path)));
        Progress progress = new Progress(spec.commandLine().getErr(), System::nanoTime, "cases");
        List<CaseResult> results = new ArrayList<>();
        for (Path file : files) {
            results.add(Conformance.replay(file));
            progress.at(results.size(), results.size() / (double) files.size());
        }
        print(results);
        return results.stream().allMatch(CaseResult::passed) ? 0 : 1;
    }

    private List<Path> caseFiles(Path path) {
        if (!Files.exists(path)) {
            throw new ParameterException(
                    spec.commandLine(), path + " does not exist, expected a case file or a directory");
        }
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> inside = Files.walk(path)) {
            List<Path> files = inside.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "directory " + path + " holds no .json file, expected case files");
            }
            return files;
        } catch (IOException failed) {
            throw new UncheckedIOException("directory " + path + " cannot be read", failed);
        }
    }

    private void print(List<CaseResult> results) {
        PrintWriter out = spec.commandLine().getOut();
        TextTable table = new TextTable("CASE", "BACK END", "LARGEST DIFFERENCE", "SPIKES", "RESULT");
        for (CaseResult result : results) {
            table.add(
                    result.name(),
                    result.backend(),
                    Double.isNaN(result.largestDifference())
                            ? "-"
                            : String.format(Locale.ROOT, "%.1e", result.largestDifference()),
                    result.spikes() == CaseResult.Spikes.NONE
                            ? "-"
                            : result.spikes().name().toLowerCase(Locale.ROOT),
                    result(result));
        }
        out.print(table);
        out.println("difference: the largest |a - b| / (1 + |b|) of output, records and state, b being recorded;"
                + " of membranes, 1 + the most that a reset took");
        printDeviations(results, out);
        long passed = results.stream().filter(CaseResult::passed).count();
        out.printf("%d of %d cases pass%n", passed, results.size());
        out.flush();
    }

    private static String result(CaseResult result) {
        if (!result.passed()) {
            return "FAIL: " + result.failure().orElseThrow();
        }
        return result.deviations().isEmpty() ? "pass" : "pass, but for " + names(result.deviations());
    }

    private static String names(Set<Deviation> deviations) {
        return deviations.stream().map(Deviation::name).collect(Collectors.joining(", "));
    }

    private static void printDeviations(List<CaseResult> results, PrintWriter out) {
        Set<Deviation> met = EnumSet.noneOf(Deviation.class);
        results.forEach(result -> met.addAll(result.deviations()));
        if (met.isEmpty()) {
            return;
        }
        out.println();
        out.println("On purpose Riffle differs from what was recorded in:");
        for (Deviation deviation : met) {
            long cases = results.stream()
                    .filter(result -> result.deviations().contains(deviation))
                    .count();
            out.printf("  %s (%d): %s%n", deviation.name(), cases, deviation.reason());
        }
        out.println();
    }
}
