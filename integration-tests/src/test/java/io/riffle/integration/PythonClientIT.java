package io.riffle.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.riffle.jobs.embedded.EmbeddedFlink;
import io.riffle.jobs.embedded.EmbeddedKafka;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.streaming.Delivery;
import io.riffle.jobs.streaming.JobSettings;
import io.riffle.jobs.streaming.JobTopics;
import io.riffle.jobs.streaming.RunningJob;
import io.riffle.jobs.streaming.StartFrom;
import io.riffle.jobs.streaming.StreamingJob;
import io.riffle.operators.NetworkPlan;
import io.riffle.operators.sequence.GapPolicy;
import io.riffle.operators.sequence.Horizon;
import io.riffle.operators.sequence.SequenceSettings;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.sim.Module;
import io.riffle.sim.Tensor;
import io.riffle.sim.network.NetworkFile;
import io.riffle.sim.testing.Python;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of docs/python-client.md send to a real job and read what it gives. */
class PythonClientIT {
    private static final Path PAGE = Path.of("../docs/python-client.md");
    private static final String BROKER_OF_THE_PAGE = "localhost:9092";
    private static final int CHUNKS = 100;
    private static final int STEPS = 10;

    @TempDir
    private Path folder;

    private EmbeddedKafka kafka;
    private EmbeddedFlink flink;
    private Brokers brokers;
    private RunningJob job;
    private final Module network = NetworkFile.read(Path.of("../docs/example/net.json"));

    /** Not before the test knows that it can run. */
    @BeforeEach
    void start() throws Exception {
        Python.assumeHas("numpy", "pyarrow.ipc", "confluent_kafka");
        kafka = EmbeddedKafka.start();
        flink = EmbeddedFlink.start(1);
        brokers = new Brokers(kafka.bootstrapServers());
        JobTopics topics = new JobTopics("sensors", "spikes", "spikes-rejected", "spikes-notices", Optional.empty());
        topics.all().forEach(topic -> brokers.createIfMissing(topic, 1));
        StreamingJob described = new StreamingJob(
                brokers,
                topics,
                NetworkPlan.of(network, OptionalDouble.empty(), List.of(), 0),
                Optional.empty(),
                SequenceSettings.of(GapPolicy.WAIT, Horizon.ofSteps(100), 60_000, Optional.empty(), Optional.empty()),
                new JobSettings(
                        "python",
                        1,
                        Delivery.EXACTLY_ONCE,
                        Duration.ofMillis(200),
                        Optional.empty(),
                        Optional.empty(),
                        StartFrom.EARLIEST));
        job = RunningJob.start(described, flink.environment(), "the test's cluster");
    }

    @AfterEach
    void stop() throws Exception {
        if (job != null) {
            job.stop(Optional.empty());
        }
        if (flink != null) {
            flink.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }

    @Test
    void thePageSendsAndReads() throws IOException {
        List<String> lines = blocks("python");
        assertThat(lines).hasSize(2);
        assertThat(Python.run(folder, "-c", lines.get(0))).isEmpty();
        List<String> printed = Python.run(folder, "-c", lines.get(1)).lines().toList();
        assertThat(printed).isEqualTo(offline());
        assertThat(printed).startsWith(blocks("text").get(0).split("\n"));
    }

    @Test
    void theShellSendsAndReads() throws Exception {
        assumeTrue(hasKcat(), "there is no kcat on the PATH");
        Python.run(folder, "-c", blocks("python").get(0));
        List<String> lines = blocks("sh").get(1).lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(shell(lines.get(0)) + shell(lines.get(1))).isEmpty();
        new Topics(brokers).read("spikes", records -> records.size() > CHUNKS);
        assertThat(shell(lines.get(2)).lines())
                .hasSize(CHUNKS + 1)
                .first()
                .asString()
                .matches("arm \\d+ bytes at 0");
        assertThat(Files.readAllBytes(folder.resolve("chunk.arrow")))
                .isEqualTo(new Topics(brokers)
                        .read("sensors", records -> records.size() > CHUNKS)
                        .get(0)
                        .value());
    }

    /** What the page prints, computed here from what its first lines have sent. */
    private List<String> offline() {
        List<String> lines = new ArrayList<>();
        new Topics(brokers).read("sensors", records -> records.size() >= CHUNKS).forEach(record -> {
            Chunk sent = ChunkDecoder.anything().decode(record.key(), record.value());
            Tensor spikes = network.evolve(Tensor.wrap(sent.values(), sent.steps(), sent.channels()))
                    .output();
            double[] sums = new double[network.sizeOut()];
            IntStream.range(0, spikes.shape().count()).forEach(i -> sums[i % sums.length] += spikes.toArray()[i]);
            lines.add("arm from step %d spikes per channel: %s".formatted(lines.size() * STEPS, Arrays.toString(sums)));
        });
        return lines;
    }

    private List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = Pattern.compile("```%s\n(.*?)```".formatted(language), Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        while (block.find()) {
            blocks.add(block.group(1).replace(BROKER_OF_THE_PAGE, kafka.bootstrapServers()));
        }
        return blocks;
    }

    private static boolean hasKcat() throws InterruptedException {
        try {
            return new ProcessBuilder("kcat", "-V").start().waitFor() == 0;
        } catch (IOException none) {
            return false;
        }
    }

    private String shell(String line) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
