package io.riffle.sim.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The python that {@code RIFFLE_PYTHON} names, else {@code python3}: for what the world of Python reads of ours and writes
 * for us. {@code .ci/run} prepares one that has all packages; without them a test is skipped and says why.
 */
public final class Python {
    private static final String PROGRAM =
            Optional.ofNullable(System.getenv("RIFFLE_PYTHON")).orElse("python3");

    /** Whether a package can be imported: as import takes its time, each is tried once. */
    private static final Map<String, Boolean> IMPORTABLE = new ConcurrentHashMap<>();

    private Python() {}

    /** Skips the test that calls this if one of these cannot be imported. To be called by each, so that each counts. */
    public static void assumeHas(String... modules) {
        for (String module : modules) {
            assumeTrue(
                    IMPORTABLE.computeIfAbsent(module, Python::canImport),
                    "%s cannot import %s; name a python that can in the environment variable RIFFLE_PYTHON"
                            .formatted(PROGRAM, module));
        }
    }

    private static boolean canImport(String module) {
        try {
            return start(Path.of(""), List.of(), "-c", "import " + module).status == 0;
        } catch (IOException none) {
            return false;
        }
    }

    /** How a process ended. */
    private record Ended(int status, String printed) {}

    /** What a program prints, errors too; one that fails is an error of the test. */
    public static String run(Path folder, String... arguments) {
        return run(folder, List.of(), arguments);
    }

    /** @param path where, besides, its imports are looked for */
    public static String run(Path folder, List<Path> path, String... arguments) {
        try {
            Ended ended = start(folder, path, arguments);
            if (ended.status != 0) {
                throw new AssertionError("python %s ended with status %d:%n%s"
                        .formatted(String.join(" ", arguments), ended.status, ended.printed));
            }
            return ended.printed;
        } catch (IOException failed) {
            throw new UncheckedIOException(PROGRAM + " cannot be started", failed);
        }
    }

    private static Ended start(Path folder, List<Path> path, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(PROGRAM));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .redirectErrorStream(true);
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment()
                .put(
                        "PYTHONPATH",
                        path.stream()
                                .map(each -> each.toAbsolutePath().toString())
                                .collect(Collectors.joining(File.pathSeparator)));
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Ended(process.waitFor(), printed.strip().replace("\r\n", "\n"));
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it ran", interrupted);
        }
    }
}
