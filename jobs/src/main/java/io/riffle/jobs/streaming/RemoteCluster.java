package io.riffle.jobs.streaming;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink cluster elsewhere, seen through the REST address of its job manager.
 *
 * <p>Flink's own client takes a minute of retries to say that nobody is there, and hands over a job that cannot start
 * without a word. So we look before and after it.
 */
public final class RemoteCluster {
    private static final Duration TO_ANSWER = Duration.ofSeconds(8);
    private static final Duration TO_START = Duration.ofSeconds(12);

    /** What Flink says in a cluster that cannot start further task managers by itself. */
    private static final String NO_SLOTS = "Could not acquire the minimum required resources";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TO_ANSWER)
            .proxy(HttpClient.Builder.NO_PROXY) // as the client of Flink, which knows none
            .build();
    private final InetSocketAddress address;
    private final Duration toStart;

    RemoteCluster(InetSocketAddress address, Duration toStart) {
        this.address = address;
        this.toStart = toStart;
    }

    /** @throws RiffleException unless a cluster answers there to which a job of this program can be given */
    public static RemoteCluster reach(InetSocketAddress address) {
        RemoteCluster cluster = new RemoteCluster(address, TO_START);
        cluster.requireVersion(EnvironmentInformation.getVersion());
        return cluster;
    }

    /** host:port */
    public String address() {
        return address.getHostString() + ":" + address.getPort();
    }

    /** Where a browser finds a job. */
    public URI web(String job) {
        return uri("/#/job/running/" + job + "/overview");
    }

    /** A new environment whose job runs on this cluster, with the classes of a jar. */
    public StreamExecutionEnvironment environment(Path jar) {
        return StreamExecutionEnvironment.createRemoteEnvironment(
                address.getHostString(), address.getPort(), jar.toString());
    }

    /** A job is sent as Java objects, which only the same minor version surely reads. */
    void requireVersion(String ours) {
        String theirs = get("/overview").path("flink-version").asText("");
        if (theirs.isEmpty()) {
            throw unexpected("something else", null);
        }
        if (!minor(theirs).equals(minor(ours))) {
            throw new RiffleException(
                    "the Flink cluster at %s has version %s, expected %s".formatted(address(), theirs, minor(ours)));
        }
    }

    /** Two jobs of one name would end each other's transactions. */
    public void requireUnused(String name) {
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            if (job.path("name").asText().equals(name) && job.path("end-time").asLong() < 0) {
                throw new RiffleException(
                        "job '%s' is on the Flink cluster at %s already, as %s; stop it, or give --name"
                                .formatted(name, address(), job.path("jid").asText()));
            }
        }
    }

    /**
     * Waits until all of a job runs.
     *
     * @return what it lacks, if that takes too long; it goes on by itself once it has that
     * @throws RiffleException if the job fails meanwhile
     */
    public Optional<String> awaitRunning(String job) throws InterruptedException {
        long deadline = System.nanoTime() + toStart.toNanos();
        while (true) {
            JsonNode details = get("/jobs/" + job);
            String state = details.path("state").asText();
            if (state.equals("FAILED")) {
                throw new RiffleException("the job failed: " + failure(job).orElse("Flink does not say why"));
            }
            if (state.equals("RUNNING") && allRun(details.path("vertices"))) {
                return Optional.empty();
            }
            if (System.nanoTime() > deadline) {
                return Optional.of(lack(job, details));
            }
            Thread.sleep(200);
        }
    }

    private static boolean allRun(JsonNode vertices) {
        for (JsonNode vertex : vertices) {
            if (!vertex.path("status").asText().equals("RUNNING")) {
                return false;
            }
        }
        return !vertices.isEmpty();
    }

    private String lack(String job, JsonNode details) {
        int slots = 0; // what Flink calls sharing: one slot holds one slice of every vertex
        boolean scheduled = false;
        for (JsonNode vertex : details.path("vertices")) {
            slots = Math.max(slots, vertex.path("parallelism").asInt());
            scheduled |= vertex.path("tasks").path("SCHEDULED").asInt() > 0;
        }
        Optional<String> failure = failure(job);
        if (failure.map(words -> words.contains(NO_SLOTS)).orElse(scheduled)) {
            JsonNode overview = get("/overview");
            return "%d of %d task slots are free, it needs %d"
                    .formatted(
                            overview.path("slots-available").asInt(),
                            overview.path("slots-total").asInt(),
                            slots);
        }
        return failure.map("it starts again and again: %s"::formatted).orElse("its tasks take long to start");
    }

    /** The innermost cause of what happened last, because Flink wraps it in several that say nothing. */
    private Optional<String> failure(String job) {
        JsonNode last = get("/jobs/" + job + "/exceptions?maxExceptions=1")
                .path("exceptionHistory")
                .path("entries")
                .path(0);
        String cause = null;
        for (String line : last.path("stacktrace").asText("").split("\n")) {
            if (cause == null || line.startsWith("Caused by: ")) {
                cause = line;
            }
        }
        // without the class, as long as there are words behind it
        return Optional.ofNullable(cause)
                .map(line -> line.replaceFirst("^Caused by: ", "").replaceFirst("^[\\w.$]+: (?=.)", ""))
                .filter(words -> !words.isBlank());
    }

    private JsonNode get(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(uri(path)).timeout(TO_ANSWER).build();
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw unexpected("HTTP status " + response.statusCode(), null);
            }
            return JSON.readTree(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RiffleException("interrupted while asking the Flink cluster at " + address(), e);
        } catch (HttpTimeoutException | ConnectException e) {
            throw new RiffleException("no Flink cluster answers at " + address(), e);
        } catch (IOException e) {
            throw unexpected("something else", e);
        }
    }

    private RiffleException unexpected(String answer, Exception cause) {
        return new RiffleException(
                "%s answers with %s, expected the REST address of a Flink cluster's job manager"
                        .formatted(address(), answer),
                cause);
    }

    private URI uri(String path) {
        return URI.create("http://" + address() + path);
    }

    private static String minor(String version) {
        return version.replaceFirst("^(\\d+\\.\\d+).*$", "$1");
    }
}
