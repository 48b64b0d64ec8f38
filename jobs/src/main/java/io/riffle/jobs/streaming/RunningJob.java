package io.riffle.jobs.streaming;

import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;

/** A job on a cluster. */
public final class RunningJob {
    private static final int PATIENCE_SECONDS = 12;

    private final JobClient client;
    private final CompletableFuture<JobExecutionResult> result;

    private RunningJob(JobClient client) {
        this.client = client;
        this.result = client.getJobExecutionResult();
    }

    /**
     * Submits a job.
     *
     * @param where the cluster, for messages
     */
    public static RunningJob start(FlinkJob job, StreamExecutionEnvironment environment, String where) {
        try {
            return new RunningJob(job.submit(environment));
        } catch (RiffleException wrong) {
            throw wrong;
        } catch (Exception failed) {
            throw new RiffleException("%s did not take the job: %s".formatted(where, reason(failed)), failed);
        }
    }

    public String id() {
        return client.getJobID().toString();
    }

    /** @throws RiffleException if the job has ended by itself, which a stream without end does only when it fails */
    public void throwIfFailed() throws InterruptedException {
        if (!result.isDone()) {
            return;
        }
        try {
            result.get();
            throw new RiffleException("the job was ended by somebody else");
        } catch (ExecutionException failed) {
            throw new RiffleException("the job failed: " + reason(failed), failed);
        }
    }

    /**
     * Ends the job after all that it has taken is written and committed.
     *
     * @param savepointDirectory a URI below which to leave a savepoint
     * @return the savepoint, if a directory was given
     */
    public Optional<String> stop(Optional<String> savepointDirectory) {
        Path temporary = null;
        try {
            temporary = Files.createTempDirectory("riffle-last-state");
            String savepoint =
                    stopInto(savepointDirectory.orElse(temporary.toUri().toString()));
            return savepointDirectory.map(given -> savepoint);
        } catch (ExecutionException | TimeoutException | IOException failed) {
            client.cancel();
            throw new RiffleException(
                    "the job was ended without a last savepoint, so what came after the last checkpoint is not committed: "
                            + reason(failed),
                    failed);
        } catch (InterruptedException interrupted) {
            client.cancel();
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            delete(temporary);
        }
    }

    /** Ends the job at once, whatever it has in its hands. Returns when its slots are free. */
    public void cancel() throws InterruptedException {
        try {
            client.cancel().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException ended) {
            // what is told of a job that was cancelled, or had failed before
        } catch (TimeoutException late) {
            throw new RiffleException("the job did not end within %d s".formatted(PATIENCE_SECONDS), late);
        }
    }

    /** Flink refuses a savepoint while a task has not started yet, so a job that was just submitted is asked again. */
    private String stopInto(String directory) throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try {
                return client.stopWithSavepoint(false, directory, SavepointFormatType.CANONICAL)
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException notYet) {
                if (System.nanoTime() > deadline || result.isDone()) {
                    throw notYet;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private static void delete(Path folder) {
        if (folder != null) {
            org.apache.flink.util.FileUtils.deleteDirectoryQuietly(folder.toFile());
        }
    }

    /** The innermost cause that says something, because Flink wraps it in several that do not. */
    private static String reason(Throwable failed) {
        Throwable said = ExceptionUtils.findThrowable(failed, RiffleException.class)
                .<Throwable>map(found -> found)
                .orElse(failed);
        while (!(said instanceof RiffleException) && said.getCause() != null && said.getCause() != said) {
            said = said.getCause();
        }
        return said.getMessage() == null ? said.toString() : said.getMessage();
    }
}
