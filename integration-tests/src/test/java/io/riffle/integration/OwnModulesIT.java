package io.riffle.integration;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.integration.cluster.Cluster;
import io.riffle.integration.cluster.RiffleJob;
import io.riffle.integration.load.Load;
import io.riffle.integration.load.NoisyNetwork;
import io.riffle.integration.load.Witness;
import io.riffle.jobs.streaming.OwnClassPath;
import io.riffle.sim.Module;
import io.riffle.sim.network.NetworkFile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module that only a jar of its owner's holds runs on a cluster, through a crash, and goes on from a checkpoint. */
class OwnModulesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CLASS = "LeakySum";
    private static final String SOURCE =
            """
            import io.riffle.sim.*;

            public final class LeakySum extends io.riffle.sim.Module {
                private final Parameter leak;
                private final State sum;

                public LeakySum(Arguments arguments) {
                    super(arguments.shape());
                    leak = parameter("leak", Parameter.of(arguments.tensor("leak")));
                    sum = state("sum", State.withShape(Shape.of(sizeOut())));
                }

                @Override
                public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
                    Tensor input = accept(given);
                    float[] values = input.toArray();
                    int size = sizeOut();
                    for (int b = 0; b < input.batches(); b++) {
                        float[] now = state.read(sum, b);
                        for (int t = 0; t < input.steps(); t++) {
                            int at = (b * input.steps() + t) * size;
                            for (int i = 0; i < size; i++) {
                                now[i] = now[i] * leak.value().toArray()[0] + values[at + i];
                                values[at + i] = now[i];
                            }
                        }
                        state.write(sum, b, now);
                    }
                    return Tensor.wrap(values, input.shape());
                }
            }
            """;
    private static final String NETWORK =
            """
            {"module": "Sequential", "modules": [
                {"module": "LeakySum", "shape": [5], "leak": 0.9},
                {"module": "LIF", "shape": [5], "tau_mem": 0.02, "dt": %s}]}
            """
                    .formatted(NoisyNetwork.DT);

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    private Path folder;

    @AfterEach
    void forgetTheClasses() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void runsOnAClusterAndIsRestored() throws IOException {
        assertThatThrownBy(() -> NetworkFile.parse(NETWORK, "the network"))
                .hasMessageContaining("there is no module 'LeakySum'");
        Path jar = jar(compile());
        OwnClassPath.of(jar.toString()).use();
        Module network = NetworkFile.parse(NETWORK, "the network");
        List<String> options = List.of(
                "--classpath", jar.toString(), "--parallelism", "2", "--seed", Long.toString(NoisyNetwork.SEED));
        try (Cluster cluster = Cluster.start("own");
                RiffleJob job = new RiffleJob(cluster, "own", network, options);
                Load load = new Load(cluster.brokers(), job.input(), 4, Duration.ofMillis(50));
                Witness witness = new Witness(cluster.brokers(), job.output(), network)) {
            job.submit();
            witness.awaitOutputAfter(load.streams(), 0, PATIENCE);

            int busy = cluster.flink().busyTaskManagers()[0];
            cluster.flink().killTaskManager(busy);
            long killed = System.currentTimeMillis();
            cluster.flink().startTaskManager(busy);
            witness.awaitOutputAfter(load.streams(), killed, PATIENCE);

            job.awaitCheckpoint();
            job.close();
            job.resubmit();
            witness.awaitSteps(load.streams(), load.end(), PATIENCE);
            witness.assertExactlyOnce();
        }
    }

    private Path compile() throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        SimpleJavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///" + CLASS + ".java"), SimpleJavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return SOURCE;
                    }
                };
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        List.of(source))
                .call();
        if (!compiled) {
            throw new AssertionError("the module does not compile");
        }
        return classes;
    }

    private Path jar(Path classes) throws IOException {
        Path jar = folder.resolve("own.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry(CLASS + ".class"));
            Files.copy(classes.resolve(CLASS + ".class"), zip);
        }
        return jar;
    }
}
