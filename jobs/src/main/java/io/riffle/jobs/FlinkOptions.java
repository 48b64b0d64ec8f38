package io.riffle.jobs;

import io.riffle.jobs.streaming.FlinkSettings;
import io.riffle.jobs.streaming.StateBackend;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What a job chooses of Flink itself. */
final class FlinkOptions {
    @Option(
            names = "--state-backend",
            paramLabel = "BACKEND",
            defaultValue = "hashmap",
            description =
                    "Where the states are meanwhile; hashmap: in memory; rocksdb: in files, for more streams than "
                            + "fit into memory, and checkpoints hold only what has changed. Default: ${DEFAULT-VALUE}.")
    private StateBackend backend;

    @Option(
            names = "--flink",
            paramLabel = "KEY=VALUE",
            description = "Any other setting of Flink for this job, such as "
                    + "execution.checkpointing.unaligned.enabled=true or, in this process, "
                    + "taskmanager.memory.managed.size=1g. Repeatable.")
    private Map<String, String> own = new LinkedHashMap<>();

    FlinkSettings settings() {
        return new FlinkSettings(backend, own);
    }
}
