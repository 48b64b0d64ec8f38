package io.riffle.jobs;

import io.riffle.jobs.streaming.OwnClassPath;
import io.riffle.sim.Module;
import io.riffle.sim.RiffleException;
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
    private OwnClassPath classPath = OwnClassPath.NONE;

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

    @Option(
            names = "--classpath",
            paramLabel = "PATHS",
            defaultValue = "${env:RIFFLE_CLASSPATH}",
            description = "Jars and folders with modules of your own, which the network names by their Java classes. "
                    + "Default: what the environment says as RIFFLE_CLASSPATH.")
    private void classPath(String paths) {
        try {
            classPath = OwnClassPath.of(paths);
        } catch (RiffleException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    /** The modules of people's own, which a job has to take along. */
    public OwnClassPath classPath() {
        return classPath;
    }

    /** The length of a step in seconds, if it was given. */
    public Optional<Double> dt() {
        return dt;
    }

    /** Reads a network. */
    public Module read(Path file) {
        classPath.use();
        return NetworkFile.read(file);
    }
}
