package io.riffle.jobs.state;

import io.riffle.jobs.CommonOptions;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import io.riffle.sim.network.StateFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code riffle state SAVEPOINT}: what a job has stored, and how streams get out of it and in. */
@Command(
        name = "state",
        description = {
            "Shows what a job has stored in a savepoint or checkpoint: the streams with their next steps, or with "
                    + "--stream the values of their states.",
            "--export writes streams into a file with which 'riffle evolve --state-in' goes on, and --import puts "
                    + "streams of such a file into a copy of the savepoint. The seed is not stored: --seed has to be "
                    + "the same on both sides."
        })
public final class StateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(
            paramLabel = "SAVEPOINT",
            description = "A savepoint or checkpoint, or a directory, of which the newest complete one is taken.")
    private String path;

    @Option(names = "--stream", paramLabel = "NAME", description = "One stream. Repeatable. Default: all.")
    private Set<String> streams = new LinkedHashSet<>();

    @Option(
            names = "--json",
            description = "Prints JSON; with --stream complete, in the form of the files of 'riffle evolve'.")
    private boolean json;

    @Option(names = "--limit", paramLabel = "N", description = "Lists at most N streams, and counts the others.")
    private Optional<Long> limit = Optional.empty();

    @Option(names = "--export", paramLabel = "FILE", description = "Writes the states of the streams into a file.")
    private Optional<Path> export = Optional.empty();

    @Option(
            names = "--import",
            paramLabel = "FILE",
            description = "Puts the states of the streams in a file in place of those that are stored.")
    private Optional<Path> imported = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "NEWSAVEPOINT",
            description = "With --import: the directory of the new savepoint; the other one stays as it is.")
    private Optional<String> output = Optional.empty();

    @Override
    public Integer call() {
        checkOptions();
        SavepointFinder.Found found = new SavepointFinder().find(StoredPath.absolute(path));
        found.passedOver().forEach(sentence -> spec.commandLine().getErr().println("passed over: " + sentence));
        Savepoint savepoint = found.savepoint();
        PrintWriter out = spec.commandLine().getOut();
        if (imported.isPresent()) {
            importInto(savepoint, imported.get(), StoredPath.absolute(output.orElseThrow()), out);
            return 0;
        }
        try (StoredStreams stored = StoredStreams.open(savepoint)) {
            if (export.isPresent()) {
                export(savepoint, stored, export.get(), out);
            } else if (streams.isEmpty()) {
                list(savepoint, stored, out);
            } else {
                show(savepoint, stored, out);
            }
        }
        return 0;
    }

    private void checkOptions() {
        if (limit.isPresent() && limit.get() < 1) {
            throw wrongCall("--limit is %d, expected 1 or more".formatted(limit.get()));
        }
        checkImport();
        boolean lists = export.isEmpty() && imported.isEmpty() && streams.isEmpty();
        if (limit.isPresent() && !lists) {
            throw wrongCall("--limit is for the list of all streams, expected nothing but --json with it");
        }
        if (json && export.isPresent()) {
            throw wrongCall("--json prints and --export writes a file, expected one of them");
        }
    }

    private void checkImport() {
        if (imported.isPresent() != output.isPresent()) {
            throw wrongCall("--import FILE and --output NEWSAVEPOINT need each other");
        }
        if (imported.isPresent() && (export.isPresent() || json)) {
            throw wrongCall("--import makes a savepoint, expected no --export and no --json");
        }
    }

    private ParameterException wrongCall(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void list(Savepoint savepoint, StoredStreams stored, PrintWriter out) {
        long most = limit.orElse(Long.MAX_VALUE);
        if (json) {
            new StateJson(savepoint).list(out, stored, most);
        } else {
            StateText text = new StateText(savepoint, out);
            text.head();
            text.list(stored, most);
        }
    }

    private void show(Savepoint savepoint, StoredStreams stored, PrintWriter out) {
        requireAll(savepoint, stored);
        if (!json) {
            StateText text = new StateText(savepoint, out);
            streams.forEach(name -> text.values(stored.find(name).orElseThrow()));
            return;
        }
        StateJson writer = new StateJson(savepoint);
        try (StateFile.Output output = StateJson.stateFile(out)) {
            streams.forEach(name -> writer.values(output, stored.find(name).orElseThrow()));
        }
    }

    private void export(Savepoint savepoint, StoredStreams stored, Path file, PrintWriter out) {
        requireAll(savepoint, stored);
        Collection<String> names = streams.isEmpty() ? stored.names() : streams;
        StateJson writer = new StateJson(savepoint);
        StateFile.write(file, output -> {
            for (String name : names) {
                StoredStream stream = stored.find(name).orElseThrow();
                requireComplete(savepoint, stream);
                writer.values(output, stream);
            }
        });
        out.printf("%s of %s -> %s%n", Names.count(names.size(), "stream"), savepoint.path(), file);
        out.flush();
    }

    private void importInto(Savepoint savepoint, Path file, String newPath, PrintWriter out) {
        Map<String, StateFile.StreamState> given = new LinkedHashMap<>(StateFile.read(file, savepoint.layout()));
        for (String name : streams) {
            if (!given.containsKey(name)) {
                throw new RiffleException(
                        "%s holds no stream '%s'%s".formatted(file, name, Names.hint(name, given.keySet())));
            }
        }
        if (!streams.isEmpty()) {
            given.keySet().retainAll(streams);
        }
        new StateImport(savepoint, given).write(newPath);
        out.printf("%s of %s -> %s%n", Names.count(given.size(), "stream"), file, newPath);
        out.flush();
    }

    private void requireAll(Savepoint savepoint, StoredStreams stored) {
        for (String name : streams) {
            if (stored.find(name).isEmpty()) {
                throw new RiffleException("%s holds no stream '%s'%s"
                        .formatted(
                                savepoint.path(),
                                name,
                                Names.nearest(name, stored.names())
                                        .map(", did you mean '%s'?"::formatted)
                                        .orElse("; without --stream all are listed")));
            }
        }
    }

    private static void requireComplete(Savepoint savepoint, StoredStream stream) {
        stream.quarantine().ifPresent(module -> {
            throw new RiffleException(
                    "stream '%s' is quarantined in module %s, which is not as far as the modules before it; expected a stream that goes on"
                            .formatted(stream.name(), module));
        });
        for (int i = 0; i < stream.values().size(); i++) {
            if (stream.values().get(i) == null) {
                throw new RiffleException(
                        "stream '%s' has no state of module %s yet, which got none of its chunks; expected it to be exported after its next one"
                                .formatted(
                                        stream.name(),
                                        savepoint.modules().get(i).name()));
            }
        }
    }
}
