package io.riffle.integration.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How the processes of a cluster log: to their standard output, what a person needs who looks for a mistake. */
final class ClusterLog {
    private static final String FILE = "cluster-log4j2.properties";

    private ClusterLog() {}

    /** The option for a JVM. */
    static String option(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            try (var settings = ClusterLog.class.getResourceAsStream(FILE)) {
                Files.createDirectories(folder);
                Files.copy(settings, file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file, e);
            }
        }
        return "-Dlog4j2.configurationFile=" + file.toUri();
    }
}
