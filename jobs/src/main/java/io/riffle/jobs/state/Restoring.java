package io.riffle.jobs.state;

import io.riffle.jobs.state.SavepointFinder.Found;
import io.riffle.jobs.streaming.JobTopics;
import io.riffle.jobs.streaming.KafkaOperators;
import io.riffle.jobs.streaming.StateBackend;
import io.riffle.operators.ModuleStates;
import io.riffle.operators.NetworkPlan;
import io.riffle.operators.StreamingNetwork;
import io.riffle.sim.RiffleException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From what a job goes on.
 *
 * @param path the savepoint or checkpoint, for Flink
 * @param remarks what a person should know of it
 */
public record Restoring(String path, List<String> remarks) {
    /**
     * The job that goes on.
     *
     * @param takesSamples whether it makes steps of samples
     */
    public record Job(JobTopics topics, NetworkPlan plan, boolean takesSamples, StateBackend backend) {}

    /**
     * Finds what is stored, and makes sure that the job goes on with the right states, before it is started.
     *
     * @param path of a savepoint or checkpoint, or of a folder with such of a job between the same topics
     * @throws RiffleException if there is none, or it does not fit the network and nobody declared what then
     */
    public static Restoring from(String path, Job job, UpgradeWishes wishes) {
        JobTopics topics = job.topics();
        SavepointFinder finder = new SavepointFinder(
                savepoint -> savepoint.input().filter(topics.input()::equals).isPresent()
                        && savepoint.output().filter(topics.output()::equals).isPresent(),
                " of a job from %s to %s".formatted(topics.input(), topics.output()));
        Found found = finder.find(path);
        Savepoint savepoint = found.savepoint();
        requireSameInput(savepoint, topics.input());
        requireBackend(savepoint, job.backend());

        List<String> remarks = new ArrayList<>();
        found.passedOver().forEach(sentence -> remarks.add("passed over: " + sentence));
        Map<String, Optional<String>> uids = new HashMap<>();
        UpgradeWishes ofModules = leaveSamples(savepoint, job, wishes, uids, remarks);
        if (topics.recorded().isEmpty()) {
            uids.put(KafkaOperators.sinkUid(KafkaOperators.RECORDED), Optional.empty());
            uids.put(KafkaOperators.committerUid(KafkaOperators.RECORDED), Optional.empty());
        }
        Upgrade upgrade =
                Upgrade.of(savepoint.path(), savepoint.modules(), job.plan().states(), ofModules);
        remarks.addAll(upgrade.remarks());
        for (StoredModule module : savepoint.modules()) {
            uids.put(
                    ModuleStates.uid(module.name()),
                    upgrade.heirOf(module.name()).map(ModuleStates::uid));
        }
        uids.keySet()
                .removeIf(uid ->
                        savepoint.operator(uid).isEmpty() || uids.get(uid).equals(Optional.of(uid)));
        return new Restoring(
                uids.isEmpty() ? savepoint.path() : new MetadataCopy(savepoint, uids).write(), List.copyOf(remarks));
    }

    /** The samples of which no step was made yet are no module's, but may be left behind in the same way. */
    private static UpgradeWishes leaveSamples(
            Savepoint savepoint,
            Job job,
            UpgradeWishes wishes,
            Map<String, Optional<String>> uids,
            List<String> remarks) {
        String samples = StreamingNetwork.RASTERISE_UID;
        if (job.takesSamples() || savepoint.operator(samples).isEmpty()) {
            return wishes;
        }
        if (!wishes.drop().contains(samples)) {
            throw new RiffleException(
                    "%s has the samples of which no step was made yet, but the job takes none; say --raster as before, or --drop %s to go on without them"
                            .formatted(savepoint.path(), samples));
        }
        uids.put(samples, Optional.empty());
        remarks.add("samples of which no step was made yet are left behind");
        Set<String> others = new HashSet<>(wishes.drop());
        others.remove(samples);
        return new UpgradeWishes(wishes.keep(), wishes.fresh(), others);
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
}
