package io.riffle.integration.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffle.sim.Module;
import io.riffle.sim.network.NetworkFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code riffle run} on a cluster: submitted as a person does it, and again when it was lost with its job manager. */
public final class RiffleJob implements AutoCloseable {
    private static final Pattern SUBMITTED = Pattern.compile("job ([0-9a-f]{32}) is submitted");
    private static final Duration TO_END = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;

    private final Cluster cluster;
    private final String name;
    private final Path network;
    private final List<String> options;
    private String id = "none";

    /**
     * Prepares a job, and its topics.
     *
     * @param name of the job; its topics are called after it
     * @param options of {@code riffle run}, besides the topics, the cluster and the checkpoints' directory
     */
    public RiffleJob(Cluster cluster, String name, Module network, List<String> options) {
        this.cluster = cluster;
        this.name = name;
        this.network = cluster.folder().resolve(name + ".json");
        this.options = options;
        try {
            Files.writeString(this.network, NetworkFile.write(network));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + this.network, e);
        }
        List.of(input(), output(), rejected(), notices())
                .forEach(topic -> cluster.brokers().createIfMissing(topic, PARTITIONS));
    }

    public String input() {
        return name + "-in";
    }

    public String output() {
        return name + "-out";
    }

    public String rejected() {
        return name + "-rejected";
    }

    public String notices() {
        return name + "-notices";
    }

    public Path checkpoints() {
        return cluster.folder().resolve("checkpoints").resolve(name);
    }

    /** What Flink calls it since it was submitted last. */
    public String id() {
        return id;
    }

    /** Submits it for the first time. */
    public void submit() {
        submit(List.of());
    }

    /** Submits it once more, to go on from its newest checkpoint, or from its beginning if it came to none. */
    public void resubmit() {
        submit(hasCheckpoint() ? List.of("--restore", checkpoints().toString()) : List.of());
    }

    /** Submits it with options that come after the others. */
    public void submit(List<String> moreOptions) {
        List<String> arguments = new ArrayList<>(List.of("run", network.toString()));
        arguments.addAll(List.of("--name", name));
        arguments.addAll(List.of("--in", input(), "--out", output(), "--rejected", rejected()));
        arguments.addAll(List.of("--notices", notices()));
        arguments.addAll(List.of("--brokers", cluster.brokers().servers()));
        arguments.addAll(List.of("--cluster", cluster.flink().restAddress()));
        arguments.addAll(List.of("--checkpoint-dir", checkpoints().toString()));
        arguments.addAll(options);
        arguments.addAll(moreOptions);
        String printed = cluster.riffle(arguments);
        Matcher submitted = SUBMITTED.matcher(printed);
        if (!submitted.find()) {
            throw new AssertionError("riffle run says no job, but:%n%s".formatted(printed));
        }
        id = submitted.group(1);
    }

    /** Whether some part of it waits, more than half of its time, for those behind it. */
    public boolean isHeldUp() {
        FlinkRest rest = cluster.flink().rest();
        for (JsonNode vertex : rest.require("/jobs/" + id).path("vertices")) {
            JsonNode pressure =
                    rest.require("/jobs/%s/vertices/%s/subtasks/metrics?get=backPressuredTimeMsPerSecond&agg=max"
                            .formatted(id, vertex.path("id").asText()));
            if (pressure.path(0).path("max").asDouble() > 500) {
                return true;
            }
        }
        return false;
    }

    /** What Flink tells of its checkpoints. */
    public JsonNode checkpointing() {
        return cluster.flink().rest().require("/jobs/" + id + "/checkpoints");
    }

    /** How many bytes of states its newest checkpoint holds. */
    public long stateBytes() {
        return latest().path("state_size").asLong();
    }

    /** Waits until one is complete that was triggered from now on, and gives what Flink tells of it. */
    public JsonNode awaitCheckpoint() {
        long now = System.currentTimeMillis();
        Patience.await(
                "a checkpoint of job " + id,
                TO_END,
                () -> latest().path("trigger_timestamp").asLong() > now);
        return latest();
    }

    private JsonNode latest() {
        return checkpointing().path("latest").path("completed");
    }

    /** Ends it without a word, if it is there, and waits until its slots are free. */
    @Override
    public void close() {
        FlinkRest rest = cluster.flink().rest();
        if (rest.get("/jobs/" + id).isPresent()) {
            rest.cancel(id);
            Patience.await(
                    "the end of job " + id,
                    TO_END,
                    () -> rest.require("/jobs/" + id).path("state").asText().equals("CANCELED"));
        }
    }

    private boolean hasCheckpoint() {
        try (Stream<Path> tree = Files.exists(checkpoints()) ? Files.walk(checkpoints()) : Stream.empty()) {
            return tree.anyMatch(path -> path.endsWith("_metadata"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look through " + checkpoints(), e);
        }
    }
}
