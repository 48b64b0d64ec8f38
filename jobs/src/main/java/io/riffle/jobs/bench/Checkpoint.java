package io.riffle.jobs.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * One that a job has completed.
 *
 * @param number counted from 1
 * @param bytes that were stored
 * @param millis from its trigger to its end
 */
record Checkpoint(long number, long bytes, long millis) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The one after the next: it has begun after this call, and holds all that the job had taken by now. */
    static Checkpoint awaitNext(URI web, String job) throws InterruptedException {
        long wanted = latest(web, job).number() + 2;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Checkpoint latest = latest(web, job);
            if (latest.number() >= wanted) {
                return latest;
            }
            if (System.nanoTime() > deadline) {
                throw new RiffleException("the job made no checkpoint within %d s".formatted(PATIENCE.toSeconds()));
            }
            Thread.sleep(100);
        }
    }

    private static Checkpoint latest(URI web, String job) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(web.resolve("/jobs/%s/checkpoints".formatted(job)))
                .build();
        try {
            String body = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
            JsonNode latest = JSON.readTree(body).path("latest").path("completed");
            return new Checkpoint(
                    latest.path("id").asLong(),
                    latest.path("state_size").asLong(),
                    latest.path("end_to_end_duration").asLong());
        } catch (IOException e) {
            throw new RiffleException("Flink did not tell its checkpoints: " + e.getMessage(), e);
        }
    }
}
