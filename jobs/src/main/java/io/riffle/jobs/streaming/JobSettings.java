package io.riffle.jobs.streaming;

import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.util.Optional;

/**
 * How a job runs.
 *
 * @param name what Flink calls it; two jobs at a time must have different names
 * @param parallelism how many parallel slices
 * @param delivery what a crash does to the output
 * @param checkpointInterval how often the states are stored
 * @param checkpointDirectory where, as a path or URI; without one where the cluster is set to
 * @param restoreFrom a savepoint or checkpoint to continue from
 * @param startFrom where to start reading otherwise
 * @param flink what else people choose of Flink
 * @param transfer how long records wait for others on their way
 */
public record JobSettings(
        String name,
        int parallelism,
        Delivery delivery,
        Duration checkpointInterval,
        Optional<String> checkpointDirectory,
        Optional<String> restoreFrom,
        StartFrom startFrom,
        FlinkSettings flink,
        Transfer transfer) {
    public JobSettings {
        if (name.isBlank()) {
            throw new RiffleException("the job has an empty name");
        }
        if (parallelism < 1) {
            throw new RiffleException("parallelism is %d, expected at least 1".formatted(parallelism));
        }
        if (checkpointInterval.toMillis() < 10) {
            throw new RiffleException("the checkpoint interval is %d ms, expected at least 10 ms"
                    .formatted(checkpointInterval.toMillis()));
        }
        if (flink.unaligned() && delivery != Delivery.EXACTLY_ONCE) {
            throw new RiffleException(
                    "unaligned checkpoints are only for the delivery exactly-once, but it is " + delivery);
        }
    }

    /** Without choices of Flink. */
    public JobSettings(
            String name,
            int parallelism,
            Delivery delivery,
            Duration checkpointInterval,
            Optional<String> checkpointDirectory,
            Optional<String> restoreFrom,
            StartFrom startFrom) {
        this(
                name,
                parallelism,
                delivery,
                checkpointInterval,
                checkpointDirectory,
                restoreFrom,
                startFrom,
                FlinkSettings.DEFAULTS);
    }

    /** With the usual transfer. */
    public JobSettings(
            String name,
            int parallelism,
            Delivery delivery,
            Duration checkpointInterval,
            Optional<String> checkpointDirectory,
            Optional<String> restoreFrom,
            StartFrom startFrom,
            FlinkSettings flink) {
        this(
                name,
                parallelism,
                delivery,
                checkpointInterval,
                checkpointDirectory,
                restoreFrom,
                startFrom,
                flink,
                Preset.BALANCED.transfer());
    }
}
