package io.riffle.jobs.streaming;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.RiffleException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateChangelogOptions;
import org.apache.flink.configuration.StateRecoveryOptions;

/**
 * What people choose of Flink.
 *
 * @param backend where the states of the streams are while the job runs
 * @param own any other settings of Flink by their keys; one of which Riffle's promises depend is refused
 */
public record FlinkSettings(StateBackend backend, Map<String, String> own) {
    private static final Map<ConfigOption<?>, String> NOT_FOR_PEOPLE = notForPeople();

    /** States on the heap, and nothing of one's own. */
    public static final FlinkSettings DEFAULTS = new FlinkSettings(StateBackend.HASHMAP, Map.of());

    public FlinkSettings {
        requireNonNull(backend, "backend is null");
        own = Map.copyOf(own);
        Configuration settings = Configuration.fromMap(own);
        NOT_FOR_PEOPLE.forEach((option, reason) -> {
            if (settings.contains(option)) {
                throw new RiffleException("the Flink setting %s %s".formatted(option.key(), reason));
            }
        });
        own.forEach((key, value) -> {
            if (key.isBlank() || value.isBlank()) {
                throw new RiffleException(
                        "the Flink setting '%s=%s' lacks a key or a value, expected KEY=VALUE".formatted(key, value));
            }
        });
    }

    private static Map<ConfigOption<?>, String> notForPeople() {
        Map<ConfigOption<?>, String> reasons = new LinkedHashMap<>();
        reasons.put(CheckpointingOptions.CHECKPOINTING_INTERVAL, "is given by --checkpoint-interval");
        reasons.put(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, "is given by --delivery");
        reasons.put(CheckpointingOptions.CHECKPOINT_STORAGE, "is given by --checkpoint-dir");
        reasons.put(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "is given by --checkpoint-dir");
        reasons.put(StateBackendOptions.STATE_BACKEND, "is given by --state-backend");
        reasons.put(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, "is given by --state-backend: on for rocksdb");
        reasons.put(StateRecoveryOptions.SAVEPOINT_PATH, "is given by --restore");
        reasons.put(
                StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE,
                "would lose states silently; --drop names those that are left behind");
        reasons.put(StateChangelogOptions.ENABLE_STATE_CHANGE_LOG, "is not supported, expected none");
        reasons.put(PipelineOptions.NAME, "is given by --name");
        reasons.put(PipelineOptions.JARS, "is given by --classpath and --jar");
        reasons.put(CoreOptions.DEFAULT_PARALLELISM, "is given by --parallelism");
        reasons.put(PipelineOptions.OBJECT_REUSE, "is always true in Riffle");
        reasons.put(PipelineOptions.GENERIC_TYPES, "is always false in Riffle");
        reasons.put(ExecutionOptions.RUNTIME_MODE, "is always streaming in Riffle");
        reasons.put(RestOptions.PORT, "is given by --web-port or --cluster");
        reasons.put(RestOptions.BIND_PORT, "is given by --web-port or --cluster");
        return reasons;
    }

    /** Whether checkpoints overtake the records that wait, which Flink does only for exactly-once. */
    boolean unaligned() {
        return parsed(CheckpointingOptions.ENABLE_UNALIGNED);
    }

    private <T> T parsed(ConfigOption<T> option) {
        try {
            return Configuration.fromMap(own).get(option);
        } catch (IllegalArgumentException wrong) {
            throw new RiffleException("the Flink setting %s is '%s', expected a %s"
                    .formatted(
                            option.key(),
                            own.get(option.key()),
                            option.defaultValue().getClass().getSimpleName()));
        }
    }

    Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, backend.toString());
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, backend == StateBackend.ROCKSDB);
        configuration.addAll(Configuration.fromMap(own));
        return configuration;
    }
}
