package io.riffle.jobs.streaming;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What can be given to a Flink cluster. */
public interface FlinkJob {
    /** Lays out the job and hands it to the environment's cluster. */
    JobClient submit(StreamExecutionEnvironment environment) throws Exception;
}
