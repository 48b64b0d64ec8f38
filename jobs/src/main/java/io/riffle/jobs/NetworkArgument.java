package io.riffle.jobs;

import io.riffle.jobs.streaming.OwnClassPath;
import io.riffle.sim.Module;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The network that a command is about: its file, and how that is to be read. */
public final class NetworkArgument {
    @Parameters(index = "0", paramLabel = "NETWORK", description = "The network file (JSON).")
    private Path file;

    @Mixin
    private NetworkOptions options;

    public Path file() {
        return file;
    }

    /** The length of a step in seconds, if it was given. */
    public Optional<Double> dt() {
        return options.dt();
    }

    /** The modules of people's own, which a job has to take along. */
    public OwnClassPath classPath() {
        return options.classPath();
    }

    public Module read() {
        return options.read(file);
    }
}
