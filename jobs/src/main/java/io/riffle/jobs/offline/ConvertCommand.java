package io.riffle.jobs.offline;

import io.riffle.jobs.CommonOptions;
import io.riffle.jobs.LoadedNetwork;
import io.riffle.jobs.NetworkArgument;
import io.riffle.sim.RiffleException;
import io.riffle.sim.network.NetworkFile;
import io.riffle.sim.nir.NirExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code riffle convert NETWORK TO}: another format. */
@Command(
        name = "convert",
        description = {
            "Writes a network in another format: JSON to NIR, NIR to JSON; and says what was assumed on the way.",
            "A NIR file that is written reads back to the same network."
        })
public final class ConvertCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private NetworkArgument network;

    @Parameters(index = "1", paramLabel = "TO", description = "The file to write: its name ends in .json or .nir.")
    private Path to;

    @Option(
            names = "--lossy",
            description = "Leaves out what NIR cannot express, and lists it. Default: it is an error.")
    private boolean lossy;

    @Override
    public Integer call() throws IOException {
        String name = to.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".json") && !name.endsWith(".nir")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the file to write is %s, expected a name that ends in .json or .nir".formatted(to));
        }
        if (Files.exists(to) && Files.isSameFile(to, network.file())) {
            throw new ParameterException(spec.commandLine(), to + " is the network itself, expected another file");
        }
        LoadedNetwork loaded = network.load();
        List<String> lines = new ArrayList<>(loaded.report());
        if (name.endsWith(".nir")) {
            lines.addAll(NirExport.write(loaded.module(), to, lossy));
        } else {
            write(NetworkFile.write(loaded.module()));
        }
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.println("%s -> %s".formatted(network.file(), to));
        out.flush();
        return 0;
    }

    private void write(String json) {
        try {
            Files.writeString(to, json + "\n");
        } catch (IOException failed) {
            throw new RiffleException("%s cannot be written: %s".formatted(to, failed), failed);
        }
    }
}
