package io.riffle.jobs;

import io.riffle.sim.Module;
import io.riffle.sim.network.NetworkFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the file of a network is to be read. */
public final class NetworkOptions {
    private Optional<Double> dt = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--dt",
            paramLabel = "SECONDS",
            description = "The length of a step, where nothing else says it: neither the network nor, if there is one, "
                    + "the input file.")
    private void dt(double seconds) {
        if (!(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new ParameterException(spec.commandLine(), "--dt is %s, expected seconds above 0".formatted(seconds));
        }
        dt = Optional.of(seconds);
    }

    /** The length of a step in seconds, if it was given. */
    public Optional<Double> dt() {
        return dt;
    }

    /** Reads a network. */
    public Module read(Path file) {
        return NetworkFile.read(file);
    }
}
