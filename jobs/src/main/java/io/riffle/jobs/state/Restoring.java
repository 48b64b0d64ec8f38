package io.riffle.jobs.state;

import io.riffle.jobs.state.SavepointFinder.Found;
import io.riffle.jobs.streaming.JobTopics;
import io.riffle.jobs.streaming.KafkaOperators;
import io.riffle.jobs.streaming.StateBackend;
import io.riffle.operators.ModuleStates;
import io.riffle.operators.NetworkPlan;
import io.riffle.sim.RiffleException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From what a job goes on.
 *
 * @param path the savepoint or checkpoint, for Flink
 * @param remarks what a person should know of it
 */
public record Restoring(String path, List<String> remarks) {
    /**
     * Finds what is stored, and makes sure that the job goes on with the right states, before it is started.
     *
     * @param path of a savepoint or checkpoint, or of a folder with such of a job between the same topics
     * @throws RiffleException if there is none, or it does not fit the network and nobody declared what then
     */
    public static Restoring from(
            String path, JobTopics topics, NetworkPlan plan, StateBackend backend, UpgradeWishes wishes) {
        SavepointFinder finder = new SavepointFinder(
                savepoint -> savepoint.input().filter(topics.input()::equals).isPresent()
                        && savepoint.output().filter(topics.output()::equals).isPresent(),
                " of a job from %s to %s".formatted(topics.input(), topics.output()));
        Found found = finder.find(path);
        Savepoint savepoint = found.savepoint();
        requireSameInput(savepoint, topics.input());
        requireBackend(savepoint, backend);

        List<String> remarks = new ArrayList<>();
        found.passedOver().forEach(sentence -> remarks.add("passed over: " + sentence));
        Upgrade upgrade = Upgrade.of(savepoint.path(), savepoint.modules(), plan.states(), wishes);
        remarks.addAll(upgrade.remarks());
        boolean stopsRecording = topics.recorded().isEmpty() && recorded(savepoint);
        if (upgrade.changesNothing() && !stopsRecording) {
            return new Restoring(savepoint.path(), remarks);
        }
        Map<String, Optional<String>> uids = new HashMap<>();
        for (StoredModule module : savepoint.modules()) {
            uids.put(
                    ModuleStates.uid(module.name()),
                    upgrade.heirOf(module.name()).map(ModuleStates::uid));
        }
        if (stopsRecording) {
            uids.put(KafkaOperators.sinkUid(KafkaOperators.RECORDED), Optional.empty());
            uids.put(KafkaOperators.committerUid(KafkaOperators.RECORDED), Optional.empty());
        }
        return new Restoring(new MetadataCopy(savepoint, uids).write(), remarks);
    }

    /** From a savepoint or checkpoint that cannot be reached from here. */
    public static Restoring unchecked(String path) {
        return new Restoring(path, List.of("not looked into"));
    }

    private static void requireSameInput(Savepoint savepoint, String input) {
        String stored = savepoint
                .input()
                .orElseThrow(() -> new RiffleException(
                        "%s does not say which topic its job read, expected %s".formatted(savepoint.path(), input)));
        if (!stored.equals(input)) {
            throw new RiffleException("%s is of a job that read topic %s, whose offsets mean nothing in topic %s"
                    .formatted(savepoint.path(), stored, input));
        }
    }

    private static void requireBackend(Savepoint savepoint, StateBackend backend) {
        savepoint.backend().filter(only -> only != backend).ifPresent(only -> {
            throw new RiffleException(
                    "%s is a checkpoint of the state backend %s, which %s cannot read; use --state-backend %s, or stop"
                                    .formatted(savepoint.path(), only, backend, only)
                            + " that job with a savepoint, which both can read");
        });
    }

    private static boolean recorded(Savepoint savepoint) {
        return savepoint
                .operator(KafkaOperators.sinkUid(KafkaOperators.RECORDED))
                .isPresent();
    }
}
