package io.riffle.jobs;

import io.riffle.jobs.embedded.EmbeddedFlink;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.kafka.TopicSize;
import io.riffle.jobs.lifecycle.Stop;
import io.riffle.jobs.state.Restoring;
import io.riffle.jobs.state.StoredPath;
import io.riffle.jobs.streaming.FlinkSettings;
import io.riffle.jobs.streaming.JobSettings;
import io.riffle.jobs.streaming.JobTopics;
import io.riffle.jobs.streaming.RemoteCluster;
import io.riffle.jobs.streaming.RunningJob;
import io.riffle.jobs.streaming.StartFrom;
import io.riffle.jobs.streaming.StreamingJob;
import io.riffle.operators.NetworkPlan;
import io.riffle.operators.raster.RasterSettings;
import io.riffle.operators.raster.Rasteriser;
import io.riffle.operators.sequence.SequenceSettings;
import io.riffle.sim.Module;
import io.riffle.sim.RiffleException;
import io.riffle.sim.kernels.Kernels;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code riffle run NETWORK --in TOPIC --out TOPIC}: the streaming job. */
@Command(
        name = "run",
        description = {
            "Runs a network continuously between Kafka topics, each stream with a state of its own.",
            "In this process until Ctrl-C, or, with --cluster, on a Flink cluster until it is stopped there."
        })
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private NetworkArgument network;

    @Mixin
    private BrokerOptions brokerOptions;

    @Option(
            names = "--in",
            paramLabel = "TOPIC",
            required = true,
            description = "Chunks, or with --raster samples, for the network.")
    private String input;

    @Option(names = "--out", paramLabel = "TOPIC", required = true, description = "Chunks that it gives.")
    private String output;

    @Option(
            names = "--rejected",
            paramLabel = "TOPIC",
            description = "What was not accepted, with reasons. Default: the output topic's name and '-rejected'.")
    private Optional<String> rejected = Optional.empty();

    @Option(
            names = "--notices",
            paramLabel = "TOPIC",
            description = "What was decided about streams: gaps that were filled, new runs, .. Default: the output "
                    + "topic's name and '-notices'.")
    private Optional<String> notices = Optional.empty();

    @Mixin
    private RasterOptions rasterOptions;

    @Mixin
    private SequenceOptions sequenceOptions;

    @Option(
            names = "--record",
            paramLabel = "PATH",
            description = "State to record, such as 1_LIF.vmem; 'riffle inspect' lists the paths. Repeatable.")
    private List<String> records = new ArrayList<>();

    @Option(
            names = "--record-out",
            paramLabel = "TOPIC",
            description = "Where recorded state goes. Default: the output topic's name and '-record'.")
    private Optional<String> recorded = Optional.empty();

    @Option(
            names = "--partitions",
            defaultValue = "4",
            description = "Partitions of topics that have to be created. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = {"-p", "--parallelism"},
            defaultValue = "1",
            description = "How many parallel slices. Default: ${DEFAULT-VALUE}.")
    private int parallelism;

    @Mixin
    private PresetOptions presetOptions;

    @Option(
            names = "--checkpoint-dir",
            paramLabel = "DIRECTORY",
            description = "Where the states are stored, a path or a URI that the cluster can write to; Ctrl-C leaves a "
                    + "savepoint there. Default: a temporary folder that ends with the process; with --cluster, what "
                    + "the cluster is set to, which for Flink itself is its memory, 5 MiB for each task.")
    private Optional<String> checkpointDirectory = Optional.empty();

    @Mixin
    private FlinkOptions flinkOptions;

    @Mixin
    private RestoreOptions restoreOptions;

    @Option(
            names = "--from",
            paramLabel = "WHERE",
            defaultValue = "EARLIEST",
            description = "Without --restore: earliest reads all that the topic holds, latest only what comes. "
                    + "Default: earliest.")
    private StartFrom startFrom;

    @Option(names = "--seed", defaultValue = "0", description = "Seed of the noise. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--name", description = "What Flink calls the job. Default: 'riffle' and the output topic's name.")
    private Optional<String> name = Optional.empty();

    @ArgGroup
    private Where where = new Where();

    private static final class Where {
        @Option(names = "--local", description = "Runs in this process, with Flink's web page. The default.")
        private boolean local;

        @Option(
                names = "--cluster",
                paramLabel = "HOST:PORT",
                converter = AddressConverter.class,
                description = "Submits to the Flink cluster whose REST address this is, and returns.")
        private Optional<InetSocketAddress> cluster = Optional.empty();
    }

    @Option(
            names = "--web-port",
            defaultValue = "0",
            description = "Port of Flink's web page with --local, on 127.0.0.1. Default: a free one.")
    private int webPort;

    @Option(names = "--jar", description = "The job jar for --cluster. Default: the one that was built here.")
    private Path jar = JobJar.built();

    private final Optional<StreamExecutionEnvironment> given;

    /** On the command line, where the options say which cluster the job goes to. */
    RunCommand() {
        given = Optional.empty();
    }

    /** Started by Flink's own client, which knows the cluster. */
    RunCommand(StreamExecutionEnvironment given) {
        this.given = Optional.of(given);
    }

    @Override
    public Integer call() throws Exception {
        Module module = network.read();
        OptionalDouble dt = network.dt().map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
        NetworkPlan plan = NetworkPlan.of(module, dt, records, seed).withBatching(presetOptions.batching());
        SequenceSettings sequence = sequenceOptions.settings(rasterOptions.isGiven());
        Optional<RasterSettings> raster = rasterOptions.settings(sequence.maxGap(), sequence.timeToLive());
        raster.ifPresent(settings -> new Rasteriser(settings, plan.dt())); // refuses what does not go together
        JobTopics topics = new JobTopics(
                input,
                output,
                rejected.orElse(output + "-rejected"),
                notices.orElse(output + "-notices"),
                records.isEmpty() ? Optional.empty() : Optional.of(recorded.orElse(output + "-record")));
        FlinkSettings flink = flinkOptions.settings();
        Optional<Restoring> restoring = restoreOptions.restoring(
                spec, new Restoring.Job(topics, plan, raster.isPresent(), flink.backend()), flinksOwnRestore());
        JobSettings settings = new JobSettings(
                name.orElse("riffle " + output),
                parallelism,
                presetOptions.delivery(),
                presetOptions.checkpointInterval(),
                checkpointDirectory.map(StoredPath::absolute),
                restoring.map(Restoring::path),
                startFrom,
                flink,
                presetOptions.preset().transfer());
        Optional<RemoteCluster> cluster = cluster(settings);
        Brokers brokers = brokerOptions.reach();
        topics.all().forEach(topic -> brokers.createIfMissing(topic, partitions));

        PrintWriter out = spec.commandLine().getOut();
        out.println(module);
        printSettings(out, plan, topics, settings, brokers);
        restoring.ifPresent(from -> from.remarks().forEach(remark -> row(out, "", remark)));
        out.flush();
        StreamingJob job = new StreamingJob(brokers, topics, plan, raster, sequence, settings);
        if (given.isPresent()) {
            out.printf(
                    "job %s is submitted%n",
                    job.submit(network.classPath().shipWith(given.get())).getJobID());
        } else if (cluster.isPresent()) {
            submit(job, cluster.get(), out);
        } else {
            runHere(job, settings, brokers, out);
        }
        return 0;
    }

    /** The savepoint of {@code flink run --fromSavepoint}, which is looked at as that of {@code --restore}. */
    private Optional<String> flinksOwnRestore() {
        return given.flatMap(
                environment -> environment.getConfiguration().getOptional(StateRecoveryOptions.SAVEPOINT_PATH));
    }

    /** Looked at before anything is created in Kafka. */
    private Optional<RemoteCluster> cluster(JobSettings settings) {
        if (given.isPresent() && (where.local || where.cluster.isPresent())) {
            throw new ParameterException(
                    spec.commandLine(), "--local and --cluster are not for a job that Flink's own client starts");
        }
        if (where.cluster.isEmpty()) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(jar)) {
            throw new RiffleException(
                    "the job jar %s does not exist, expected the riffle-job.jar that the build makes".formatted(jar));
        }
        RemoteCluster cluster = RemoteCluster.reach(where.cluster.get());
        cluster.requireUnused(settings.name());
        return Optional.of(cluster);
    }

    private void submit(StreamingJob job, RemoteCluster cluster, PrintWriter out) throws Exception {
        RunningJob running = RunningJob.start(
                job,
                network.classPath().shipWith(cluster.environment(jar)),
                "the Flink cluster at " + cluster.address());
        out.printf("job %s is submitted, see %s%n", running.id(), cluster.web(running.id()));
        out.flush();
        out.println(cluster.awaitRunning(running.id())
                .map("it does not run yet: %s"::formatted)
                .orElse("it runs"));
        out.flush();
    }

    private void runHere(StreamingJob job, JobSettings settings, Brokers brokers, PrintWriter out) throws Exception {
        try (Stop stop = new Stop();
                EmbeddedFlink flink = EmbeddedFlink.start(
                        parallelism, webPort, settings.flink().own())) {
            RunningJob running = RunningJob.start(
                    job, network.classPath().shipWith(flink.environment()), "the Flink cluster in this process");
            out.printf("job %s runs here, see %s; Ctrl-C ends%n", running.id(), flink.web());
            if (TopicSize.isEmpty(brokers, input)) {
                out.printf("waiting for data: topic %s is empty%n", input);
            }
            out.flush();
            while (!stop.await(Duration.ofMillis(500))) {
                running.throwIfFailed();
            }
            Optional<String> savepoint = running.stop(settings.checkpointDirectory());
            out.println(savepoint
                    .map("ended; continue with --restore %s"::formatted)
                    .orElse("ended"));
            out.flush();
        }
    }

    private void printSettings(
            PrintWriter out, NetworkPlan plan, JobTopics topics, JobSettings settings, Brokers brokers) {
        row(
                out,
                "graph",
                "%s -> keyBy(stream) -> decode -> %ssequence -> %s -> encode -> %s"
                        .formatted(
                                topics.input(),
                                rasterOptions.isGiven() ? "rasterise -> " : "",
                                String.join(" -> ", plan.stageNames()),
                                topics.output()));
        row(out, "brokers", brokers.servers());
        row(out, "in", topics.input());
        row(out, "out", topics.output());
        row(out, "rejected", topics.rejected());
        row(out, "notices", topics.notices());
        topics.recorded().ifPresent(topic -> row(out, "record", String.join(", ", records) + " -> " + topic));
        row(out, "dt", String.format(Locale.ROOT, "%s s", plan.dt()));
        row(out, "seed", Long.toString(plan.seed()));
        if (rasterOptions.isGiven()) {
            row(out, "raster", rasterOptions.toString());
        }
        row(out, "gaps", sequenceOptions.text(rasterOptions.isGiven()));
        row(out, "parallelism", Integer.toString(settings.parallelism()));
        row(out, "delivery", settings.delivery().toString());
        row(out, "tuned for", presetOptions.preset().toString());
        settings.transfer()
                .effective(brokers.properties(), settings.flink().own())
                .forEach((key, value) -> row(out, "", key + "=" + value));
        row(out, "batching", presetOptions.batching().name().toLowerCase(Locale.ROOT));
        row(out, "states", "in " + settings.flink().backend());
        if (given.isEmpty() && where.cluster.isEmpty()) {
            row(out, "kernel", Kernels.description()); // elsewhere the task managers' logs say it
        }
        settings.flink().own().forEach((key, value) -> row(out, "flink", key + "=" + value));
        row(
                out,
                "checkpoints",
                "every %d ms, %s"
                        .formatted(
                                settings.checkpointInterval().toMillis(),
                                settings.checkpointDirectory()
                                        .orElse(
                                                where.cluster.isPresent()
                                                        ? "where the cluster is set to"
                                                        : "in a temporary folder")));
        row(
                out,
                "starts",
                settings.restoreFrom()
                        .map(path -> "from " + path)
                        .orElse("at the " + settings.startFrom() + " record"));
    }

    private static void row(PrintWriter out, String key, String value) {
        out.printf("  %-12s %s%n", key, value);
    }
}
