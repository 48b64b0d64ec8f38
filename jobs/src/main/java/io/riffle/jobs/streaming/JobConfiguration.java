package io.riffle.jobs.streaming;

import io.riffle.sim.RiffleException;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** How Flink is to run a job. */
final class JobConfiguration {
    private final JobSettings settings;

    private JobConfiguration(JobSettings settings) {
        this.settings = settings;
    }

    /** Before anything is laid out in the environment. */
    static void apply(JobSettings settings, StreamExecutionEnvironment environment) {
        JobConfiguration configuration = new JobConfiguration(settings);
        configuration.configure(environment);
        environment.setParallelism(settings.parallelism());
        environment.enableCheckpointing(settings.checkpointInterval().toMillis(), configuration.mode());
    }

    private CheckpointingMode mode() {
        return settings.delivery() == Delivery.EXACTLY_ONCE
                ? CheckpointingMode.EXACTLY_ONCE
                : CheckpointingMode.AT_LEAST_ONCE;
    }

    private void configure(StreamExecutionEnvironment environment) {
        try {
            environment.configure(configuration());
        } catch (IllegalArgumentException wrong) {
            throw new RiffleException("Flink does not take its settings: " + wrong.getMessage(), wrong);
        }
    }

    private Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.addAll(settings.transfer().flink());
        configuration.set(PipelineOptions.OBJECT_REUSE, true); // records are never changed once emitted
        configuration.set(PipelineOptions.GENERIC_TYPES, false); // no Kryo: a type that would need it is an error
        retryForMinutes(configuration);
        settings.checkpointDirectory().ifPresent(directory -> {
            configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
            configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory);
            configuration.set(
                    CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                    ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        });
        settings.restoreFrom().ifPresent(path -> configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, path));
        configuration.addAll(settings.flink().configuration());
        return configuration;
    }

    /**
     * A lost task manager may take minutes to come back, and each try to go on without it counts: waits of 1, 2, 4, 8 s
     * and then 16 of 10 s, and what the tries take themselves. What is wrong for good ends the job after that.
     */
    private static void retryForMinutes(Configuration configuration) {
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofSeconds(1));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, 2.0);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(10));
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                Duration.ofMinutes(5));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, 20);
    }
}
