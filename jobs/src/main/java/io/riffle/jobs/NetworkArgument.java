package io.riffle.jobs;

import io.riffle.jobs.streaming.OwnClassPath;
import io.riffle.sim.Module;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The network that a command is about: its file, and how that is to be read. */
public final class NetworkArgument {
    @Parameters(index = "0", paramLabel = "NETWORK", description = "The network file: JSON or NIR (HDF5).")
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

    /** Reads it, and says on the error stream what was assumed. */
    public Module read() {
        return options.read(file);
    }

    /** Reads it. */
    public LoadedNetwork load() {
        return options.load(file);
    }
}
