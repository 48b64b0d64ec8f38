package io.riffle.jobs;

import io.riffle.jobs.streaming.OwnClassPath;
import io.riffle.sim.Module;
import io.riffle.sim.RiffleException;
import io.riffle.sim.network.NetworkFile;
import io.riffle.sim.nir.NirNetwork;
import io.riffle.sim.nir.NirSettings;
import io.riffle.sim.nir.nodes.Semantics;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the file of a network is to be read. */
public final class NetworkOptions {
    private Optional<Double> dt = Optional.empty();
    private OwnClassPath classPath = OwnClassPath.NONE;
    private Optional<Semantics> semantics = Optional.empty();

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

    @Option(
            names = "--semantics",
            paramLabel = "LIBRARY",
            description =
                    "How a NIR file is to be read: nir (its own equations), or as norse, snntorch, sinabs or rockpool "
                            + "reads it. Default: what the file says, else nir.")
    private void semantics(String library) {
        try {
            semantics = Optional.of(Semantics.of(library));
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

    /** Reads a network, and says on the error stream what was assumed. */
    public Module read(Path file) {
        LoadedNetwork loaded = load(file);
        PrintWriter err = spec.commandLine().getErr();
        loaded.report().forEach(line -> err.printf("%s: %s%n", file, line));
        err.flush();
        return loaded.module();
    }

    /** Reads a network. */
    public LoadedNetwork load(Path file) {
        classPath.use();
        if (NirNetwork.isNir(file)) {
            NirNetwork network = NirNetwork.read(file, new NirSettings(dt, semantics));
            return new LoadedNetwork(network.module(), network.report());
        }
        if (semantics.isPresent() && Files.exists(file)) { // that it does not is said below
            throw new ParameterException(
                    spec.commandLine(), "--semantics is for NIR files, but %s is none".formatted(file));
        }
        return new LoadedNetwork(NetworkFile.read(file), List.of());
    }
}
