package io.riffle.jobs;

import java.nio.file.Path;

/** Where the jar with everything that a cluster lacks is. */
final class JobJar {
    private JobJar() {}

    /** The one that the build made; the launcher says where it is. */
    static Path built() {
        return Path.of(System.getProperty("riffle.job.jar", "deploy/target/riffle-job.jar"));
    }
}
