package io.riffle.integration.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The command line, as a person starts it. */
final class Riffle {
    private static final Path JOB_JAR =
            Path.of("..", "deploy", "target", "riffle-job.jar").toAbsolutePath().normalize();

    private Riffle() {}

    /**
     * Runs a command to its end.
     *
     * @return what it printed
     * @throws AssertionError if it fails
     */
    static String run(Path folder, List<String> arguments) {
        Path log = folder.resolve("riffle-%d.log".formatted(System.nanoTime()));
        JavaProcess process = JavaProcess.start(
                "riffle " + arguments.get(0),
                log,
                List.of("-Xmx256m", "-Driffle.job.jar=" + JOB_JAR),
                System.getProperty("java.class.path"),
                "io.riffle.jobs.Main",
                arguments);
        int status = process.await();
        process.kill(); // it has ended; this gives back what was held for it
        try {
            String printed = Files.readString(log);
            if (status != 0) {
                throw new AssertionError(
                        "riffle %s ended with %d:%n%s".formatted(String.join(" ", arguments), status, printed));
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }
}
