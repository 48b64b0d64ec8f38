package io.riffle.jobs;

import io.riffle.jobs.state.Restoring;
import io.riffle.jobs.state.StoredPath;
import io.riffle.jobs.state.UpgradeWishes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** From what a job goes on, and how, if the network has changed since. */
final class RestoreOptions {
    @Option(
            names = "--restore",
            paramLabel = "PATH",
            description =
                    "Continues from a savepoint or checkpoint, at the very step where it ended; of a directory, from "
                            + "the newest complete one in it that a job between the same topics left.")
    private Optional<String> restore = Optional.empty();

    @Option(
            names = "--keep",
            paramLabel = "OLD=NEW",
            description = "With --restore: module NEW of the network goes on with what is stored of OLD. Repeatable.")
    private List<String> keep = new ArrayList<>();

    @Option(
            names = "--fresh",
            paramLabel = "NEW",
            description = "With --restore: module NEW starts with its initial state. Repeatable.")
    private List<String> fresh = new ArrayList<>();

    @Option(
            names = "--drop",
            paramLabel = "OLD",
            description = "With --restore: what is stored of module OLD is left behind. Repeatable.")
    private List<String> drop = new ArrayList<>();

    @Option(
            names = "--unchecked",
            description = "With --restore: does not look into PATH first, for one that only the cluster can reach. A "
                    + "module that it holds nothing of starts anew without a word.")
    private boolean unchecked;

    /**
     * Looks at what is stored.
     *
     * @param flinksOwn what Flink's own client was told to restore, if so
     */
    Optional<Restoring> restoring(CommandSpec spec, Restoring.Job job, Optional<String> flinksOwn) {
        UpgradeWishes wishes = wishes(spec);
        Optional<String> path = restore.map(StoredPath::absolute).or(() -> flinksOwn);
        if (path.isEmpty()) {
            if (unchecked || !wishes.equals(UpgradeWishes.NONE)) {
                throw new ParameterException(
                        spec.commandLine(), "--keep, --fresh, --drop and --unchecked need --restore PATH");
            }
            return Optional.empty();
        }
        if (!unchecked) {
            return Optional.of(Restoring.from(path.get(), job, wishes));
        }
        if (!wishes.equals(UpgradeWishes.NONE)) {
            throw new ParameterException(
                    spec.commandLine(), "--keep, --fresh and --drop look into the savepoint, expected no --unchecked");
        }
        return Optional.of(Restoring.unchecked(path.get()));
    }

    private UpgradeWishes wishes(CommandSpec spec) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String pair : keep) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw new ParameterException(spec.commandLine(), "--keep is '%s', expected OLD=NEW".formatted(pair));
            }
            if (kept.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--keep names the stored module %s twice, expected once".formatted(pair.substring(0, equals)));
            }
        }
        return new UpgradeWishes(kept, new HashSet<>(fresh), new HashSet<>(drop));
    }
}
