package io.riffle.jobs.embedded;

import static io.riffle.jobs.embedded.FreePorts.LOOPBACK;

import io.riffle.jobs.lifecycle.OnExit;
import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * One Flink cluster inside this process with its web page, only on 127.0.0.1. Jobs reach it through its REST address,
 * the way they reach any other cluster, so nothing else changes for a job that moves out of this process.
 */
public final class EmbeddedFlink implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TemporaryFolder folder;
    private final MiniCluster cluster;
    private final OnExit onExit;
    private URI web;

    private EmbeddedFlink(int slots, int port, Map<String, String> own) {
        folder = new TemporaryFolder("riffle-flink");
        Configuration settings = settings(folder.path(), port);
        settings.addAll(Configuration.fromMap(own));
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .build());
        onExit = new OnExit(this::stop);
    }

    /** @param slots how many parallel slices of a job can run */
    public static EmbeddedFlink start(int slots) {
        return start(slots, 0);
    }

    /** @param port of the web page; 0 takes a free one */
    public static EmbeddedFlink start(int slots, int port) {
        return start(slots, port, Map.of());
    }

    /**
     * @param port of the web page; 0 takes a free one
     * @param own settings of Flink by their keys, which win
     */
    public static EmbeddedFlink start(int slots, int port, Map<String, String> own) {
        if (port != 0) {
            FreePorts.orFind(port, "Flink's web page");
        }
        EmbeddedFlink flink = new EmbeddedFlink(slots, port, own);
        try {
            flink.cluster.start();
            flink.web = flink.cluster.getRestAddress().get();
            flink.awaitRest();
        } catch (Exception e) {
            flink.close();
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new RiffleException("the embedded Flink cluster did not start: " + e.getMessage(), e);
        }
        return flink;
    }

    /** Where a browser finds the running jobs. */
    public URI web() {
        return web;
    }

    /** A new environment whose jobs run on this cluster. */
    public StreamExecutionEnvironment environment() {
        return StreamExecutionEnvironment.createRemoteEnvironment(web.getHost(), web.getPort());
    }

    @Override
    public void close() {
        onExit.close();
    }

    private void stop() {
        try {
            cluster.close();
        } catch (Exception e) {
            throw new IllegalStateException("the embedded Flink cluster did not end: " + e.getMessage(), e);
        } finally {
            folder.close();
        }
    }

    /** Right after its start the REST server answers 503 until it has found its leader. */
    private void awaitRest() throws InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
        HttpRequest overview = HttpRequest.newBuilder(web.resolve("/overview"))
                .timeout(Duration.ofSeconds(2))
                .build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(client, overview)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "%s did not answer within %d s".formatted(overview.uri(), PATIENCE.toSeconds()));
            }
            Thread.sleep(50);
        }
    }

    private static boolean answers(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Configuration settings(Path folder, int port) {
        Configuration settings = new Configuration();
        settings.set(RestOptions.ADDRESS, LOOPBACK);
        settings.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        settings.set(RestOptions.PORT, port);
        settings.set(RestOptions.BIND_PORT, Integer.toString(port));
        settings.set(JobManagerOptions.ADDRESS, LOOPBACK);
        settings.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        settings.set(TaskManagerOptions.HOST, LOOPBACK);
        settings.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        settings.set(CoreOptions.TMP_DIRS, folder.toString());
        settings.set(ClusterOptions.PROCESS_WORKING_DIR_BASE, folder.toString());
        settings.set(BlobServerOptions.STORAGE_DIRECTORY, folder.toString());
        settings.set(WebOptions.TMP_DIR, folder.toString());
        // Flink's own default keeps checkpoints in the job manager's memory and fails at 5 MiB of state per task.
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        // jobs come as graphs whose classes are all here; nobody uploads a jar to a process that may end any time
        settings.set(WebOptions.SUBMIT_ENABLE, false);
        return settings;
    }
}
