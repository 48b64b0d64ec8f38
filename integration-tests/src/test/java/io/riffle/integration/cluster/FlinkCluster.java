package io.riffle.integration.cluster;

import static io.riffle.integration.cluster.Ports.LOOPBACK;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * A job manager and some task managers, each in a process of its own, started as the scripts of a Flink distribution
 * start them: with Flink's jars alone, and a configuration file. There is no high availability service, so a job ends
 * with its job manager.
 */
public final class FlinkCluster implements AutoCloseable {
    private static final String VECTORS = " --add-modules=jdk.incubator.vector -Driffle.kernel=vector";
    private static final Duration TO_START = Duration.ofMinutes(3);
    private static final int SLOTS = 2;

    private final Path folder;
    private final Map<String, String> settings;
    private final int restPort;
    private final FlinkRest rest;
    private final JavaProcess[] taskManagers;
    private final int[] starts;
    private JavaProcess jobManager;

    FlinkCluster(Path folder, int taskManagers, Map<String, String> moreSettings) {
        this.folder = folder;
        this.taskManagers = new JavaProcess[taskManagers];
        this.starts = new int[taskManagers];
        int[] ports = Ports.find(2);
        restPort = ports[0];
        rest = new FlinkRest(restAddress());
        settings = new TreeMap<>(settings(folder, ports[0], ports[1]));
        settings.putAll(moreSettings);
        write();
    }

    /** host:port, as for {@code riffle run --cluster}. */
    public String restAddress() {
        return LOOPBACK + ":" + restPort;
    }

    public FlinkRest rest() {
        return rest;
    }

    /** Those in which some part of a job runs. */
    public int[] busyTaskManagers() {
        JsonNode known = rest.require("/taskmanagers").path("taskmanagers");
        return IntStream.range(0, taskManagers.length)
                .filter(index -> isBusy(known, id(index)))
                .toArray();
    }

    private static boolean isBusy(JsonNode known, String id) {
        for (JsonNode taskManager : known) {
            if (taskManager.path("id").asText().equals(id)) {
                return taskManager.path("freeSlots").asInt()
                        < taskManager.path("slotsNumber").asInt();
            }
        }
        return false;
    }

    /** What the task managers hold together. */
    public Memory memory() {
        return IntStream.range(0, taskManagers.length).mapToObj(this::memory).reduce(Memory.NONE, Memory::plus);
    }

    private Memory memory(int index) {
        JsonNode direct =
                rest.require("/taskmanagers/%s/metrics?get=Status.JVM.Memory.Direct.MemoryUsed".formatted(id(index)));
        return Memory.of(taskManagers[index].pid(), direct.path(0).path("value").asLong());
    }

    public void startJobManager() {
        JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(configuration());
        jobManager = start(
                "job-manager",
                JobManagerProcessUtils.generateJvmParametersStr(memory, configuration()),
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                JobManagerProcessUtils.generateDynamicConfigsStr(memory));
        Patience.await("the start of " + jobManager, TO_START, () -> {
            requireAlive(jobManager);
            return rest.get("/overview").isPresent();
        });
    }

    /** Starts one, and does not wait. Every other one computes with vectors, the rest with plain loops: it must not show. */
    public void startTaskManager(int index) {
        starts[index]++;
        TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(configuration());
        taskManagers[index] = start(
                "task-manager-" + index,
                ProcessMemoryUtils.generateJvmParametersStr(memory) + (index % 2 == 1 ? VECTORS : ""),
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                TaskExecutorProcessUtils.generateDynamicConfigsStr(memory) + " -D taskmanager.resource-id="
                        + id(index));
    }

    /** Another one after each start, as supervisors do it. */
    private String id(int index) {
        return "task-manager-%d-%d".formatted(index, starts[index]);
    }

    public void killJobManager() {
        jobManager.kill();
    }

    public void killTaskManager(int index) {
        taskManagers[index].kill();
    }

    /** Waits until so many slots can be had. */
    public void awaitFreeSlots(int slots) {
        Patience.await("that %d slots are free".formatted(slots), TO_START, () -> rest.get("/overview")
                .map(overview -> overview.path("slots-available").asInt() >= slots)
                .orElse(false));
    }

    /** Waits until all task managers are known, and those that were killed are known to be gone. */
    public void awaitTaskManagers() {
        Patience.await("that %d task managers are there".formatted(taskManagers.length), TO_START, () -> {
            Arrays.stream(taskManagers).forEach(FlinkCluster::requireAlive);
            return rest.get("/overview")
                    .map(overview -> overview.path("taskmanagers").asInt() == taskManagers.length)
                    .orElse(false);
        });
    }

    @Override
    public void close() {
        for (JavaProcess taskManager : taskManagers) {
            if (taskManager != null) {
                taskManager.kill();
            }
        }
        if (jobManager != null) {
            jobManager.kill();
        }
    }

    private JavaProcess start(String name, String jvmOptions, String mainClass, String dynamicSettings) {
        List<String> options = new ArrayList<>(words(jvmOptions));
        options.add(ClusterLog.option(folder));
        List<String> arguments =
                new ArrayList<>(List.of("--configDir", configFolder().toString()));
        arguments.addAll(words(dynamicSettings));
        return JavaProcess.start(
                name, folder.resolve(name + ".log"), options, FlinkJars.classPath(), mainClass, arguments);
    }

    private static void requireAlive(JavaProcess process) {
        if (!process.isAlive()) {
            throw new AssertionError(process + " ended by itself");
        }
    }

    private static List<String> words(String line) {
        return Arrays.stream(line.split("\\s+")).filter(word -> !word.isEmpty()).toList();
    }

    private Configuration configuration() {
        return Configuration.fromMap(settings);
    }

    private Path configFolder() {
        return folder.resolve("conf");
    }

    private void write() {
        List<String> lines = settings.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
        try {
            Files.createDirectories(configFolder());
            Files.createDirectories(folder.resolve("flink-tmp"));
            Files.write(configFolder().resolve("config.yaml"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the configuration of Flink", e);
        }
    }

    private static Map<String, String> settings(Path folder, int restPort, int rpcPort) {
        return Map.ofEntries(
                Map.entry("jobmanager.rpc.address", LOOPBACK),
                Map.entry("jobmanager.rpc.port", Integer.toString(rpcPort)),
                Map.entry("jobmanager.bind-host", LOOPBACK),
                Map.entry("rest.address", LOOPBACK),
                Map.entry("rest.bind-address", LOOPBACK),
                Map.entry("rest.port", Integer.toString(restPort)),
                Map.entry("rest.bind-port", Integer.toString(restPort)),
                Map.entry("taskmanager.host", LOOPBACK),
                Map.entry("taskmanager.bind-host", LOOPBACK),
                Map.entry("taskmanager.numberOfTaskSlots", Integer.toString(SLOTS)),
                // a slice of the job on each, so that each of them is worth a kill
                Map.entry("taskmanager.load-balance.mode", "SLOTS"),
                // who is lost is missed after seconds, not after a minute; but a busy machine is not a lost one
                Map.entry("heartbeat.interval", "1 s"),
                Map.entry("heartbeat.timeout", "10 s"),
                Map.entry("pekko.ask.timeout", "60 s"),
                Map.entry("pekko.startup-timeout", "60 s"),
                Map.entry("taskmanager.slot.timeout", "2 s"),
                // and who comes back is found at once
                Map.entry("cluster.registration.error-delay", "500 ms"),
                Map.entry("cluster.registration.max-timeout", "1 s"),
                Map.entry("metrics.fetcher.update-interval", "1000"),
                Map.entry("jobmanager.memory.heap.size", "256m"),
                Map.entry("taskmanager.memory.task.heap.size", "128m"),
                Map.entry("taskmanager.memory.managed.size", "64m"),
                Map.entry("taskmanager.memory.network.min", "32m"),
                Map.entry("taskmanager.memory.network.max", "32m"),
                Map.entry("web.tmpdir", folder.resolve("flink-tmp").toString()),
                Map.entry("io.tmp.dirs", folder.resolve("flink-tmp").toString()));
    }
}
