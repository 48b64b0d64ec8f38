package io.riffle.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.jobs.embedded.EmbeddedKafka;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkEncoder;
import io.riffle.schemas.ChunkFileReader;
import io.riffle.schemas.Notice;
import io.riffle.schemas.NoticeFormat;
import io.riffle.schemas.NoticeKind;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Rejected;
import io.riffle.schemas.RejectedFormat;
import io.riffle.schemas.Samples;
import io.riffle.schemas.SamplesEncoder;
import io.riffle.schemas.SamplesFileReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TapCommandTest {
    private static EmbeddedKafka kafka;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void fillTopic() throws Exception {
        kafka = EmbeddedKafka.start();
        kafka.createTopic("mixed", 1);
        kafka.createTopic("plain", 1);
        kafka.createTopic("life", 1);
        try (KafkaProducer<String, byte[]> producer = new Brokers(kafka.bootstrapServers()).producer()) {
            send(producer, "plain", "arm-7", new ChunkEncoder(0.01).encode(chunk("arm-7", 0)));
            send(producer, "plain", "arm-8", new ChunkEncoder(0.01).encode(chunk("arm-8", 0)));
            send(producer, "plain", "arm-7", new ChunkEncoder(0.01).encode(chunk("arm-7", 2)));
            send(producer, "mixed", "arm-7", new ChunkEncoder(0.01).encode(chunk("arm-7", 0)));
            byte[] recorded = ChunkEncoder.forRecord(0.01, "1_LIF.vmem").encode(chunk("arm-7", 0));
            send(producer, "mixed", "arm-7", recorded);
            Rejected rejected = new Rejected(
                    "spikes",
                    3,
                    1042,
                    "arm-7",
                    RejectReason.WRONG_CHANNELS,
                    "got 63 channels, expected 64",
                    new byte[5]);
            send(producer, "mixed", "arm-7", RejectedFormat.encode(rejected));
            send(producer, "mixed", "arm-9", new byte[] {1, 2, 3});
            send(producer, "life", "a", new ChunkEncoder(0.01).encode(chunk("a", 8)));
            send(producer, "life", "a", new ChunkEncoder(0.01).encode(new Chunk("a", 10, 0, 3, new float[0])));
            send(producer, "life", "a", new ChunkEncoder(0.01).encode(new Chunk("a", 5, 0, 1, 3, new float[] {7, 8, 9
                    })));
            send(producer, "life", "a", new ChunkEncoder(0.01).encode(chunk("a", 10)));
            long[] times = {1_795_255_200_000_000_000L, 1_795_255_199_500_000_000L};
            Samples samples = new Samples("b", 2, 3, times, new float[] {1, 2, 3, 4, 5, 6});
            send(producer, "life", "b", SamplesEncoder.encode(samples));
            send(producer, "life", "b", SamplesEncoder.encode(new Samples("b", 2, 3, new long[0], new float[0])));
            Notice notice = new Notice("a", NoticeKind.NEW_RUN, 5, 0, 0, "in", 0, 3, "stream 'a' starts run 5");
            send(producer, "life", "a", NoticeFormat.encode(notice));
        }
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void printsALineForWhateverComes() {
        assertThat(run("mixed", "--from-beginning", "--count", "4")).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).isEqualTo("arm-7 steps 0..2 [2,3] 4.000 5.000 6.000");
        assertThat(lines.get(1)).isEqualTo("arm-7 1_LIF.vmem steps 0..2 [2,3] 4.000 5.000 6.000");
        assertThat(lines.get(2))
                .isEqualTo("rejected: topic=spikes partition=3 offset=1042 stream=arm-7 reason=wrong_channels: "
                        + "got 63 channels, expected 64 (5 bytes)");
        assertThat(lines.get(3)).startsWith("unreadable: topic=mixed partition=0 offset=3 stream=arm-9: ");
    }

    @Test
    void printsALineForWhateverHappensToAStream() {
        assertThat(run("life", "--from-beginning", "--count", "7")).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(7);
        assertThat(lines.subList(0, 5))
                .containsExactly(
                        "a steps 8..10 [2,3] 4.000 5.000 6.000",
                        "a heartbeat at step 10",
                        "a run 5 steps 0..1 [1,3] 7.000 8.000 9.000",
                        "a steps 10..12 [2,3] 4.000 5.000 6.000",
                        "b run 2 2 samples 2026-11-21T09:59:59.500Z..2026-11-21T10:00:00Z [2,3] 1.000 2.000 3.000");
        assertThat(lines.get(5)).startsWith("b run 2 heartbeat at 20");
        assertThat(lines.get(6))
                .isEqualTo("notice: topic=in partition=0 offset=3 stream=a kind=new_run: stream 'a' starts run 5");
    }

    @Test
    void writesRunsAndSamplesIntoFilesOfTheirOwn() throws IOException {
        Path file = folder.resolve("life.csv");
        assertThat(run("life", "--from-beginning", "--count", "7", "--output", file.toString()))
                .isZero();
        Path runs = folder.resolve("life.runs.csv");
        Path samples = folder.resolve("life.samples.csv");
        assertThat(out.toString())
                .startsWith("notice: ")
                .endsWith("2 steps in %s, 3 steps in %s, 2 samples in %s\n".formatted(file, runs, samples));
        assertThat(Files.readString(file).lines())
                .containsExactly("stream,step,0,1,2", "a,8,1.0,2.0,3.0", "a,9,4.0,5.0,6.0");
        assertThat(Files.readString(runs).lines())
                .containsExactly(
                        "stream,run,step,0,1,2", "a,5,0,7.0,8.0,9.0", "a,0,10,1.0,2.0,3.0", "a,0,11,4.0,5.0,6.0");
        assertThat(Files.readString(samples).lines())
                .containsExactly(
                        "stream,run,time_ns,0,1,2",
                        "b,2,1795255200000000000,1.0,2.0,3.0",
                        "b,2,1795255199500000000,4.0,5.0,6.0");
    }

    @Test
    void writesArrowFilesOfRunsAndSamples() {
        Path file = folder.resolve("life.arrow");
        assertThat(run("life", "--from-beginning", "--count", "7", "--output", file.toString()))
                .isZero();
        try (ChunkFileReader reader = new ChunkFileReader(folder.resolve("life.runs.arrow"), "")) {
            assertThat(reader)
                    .extracting(decoded -> decoded.chunk().toString())
                    .containsExactly("Chunk a run 5 steps 0..1, f32[1,3]", "Chunk a steps 10..12, f32[2,3]");
        }
        try (SamplesFileReader reader = new SamplesFileReader(folder.resolve("life.samples.arrow"), "")) {
            assertThat(reader).extracting(Samples::toString).containsExactly("Samples b run 2, f32[2,3]");
        }
    }

    @Test
    void saysThatNothingWasWritten() {
        Path file = folder.resolve("nothing.arrow");
        assertThat(run("life", "--duration", "10ms", "--output", file.toString()))
                .isZero();
        assertThat(out.toString()).isEqualTo("nothing was written to " + file + "\n");
    }

    @Test
    void showsOneStreamOnly() {
        assertThat(run("plain", "--from-beginning", "--count", "1", "--stream", "arm-8"))
                .isZero();
        assertThat(out.toString()).startsWith("arm-8 steps 0..2");
    }

    @Test
    void saysThatItWaits() {
        assertThat(run("nothing", "--duration", "1500ms")).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEqualTo("waiting for data on topic nothing, which does not exist yet\n");
    }

    @Test
    void writesAnArrowFile() {
        Path file = folder.resolve("steps.arrow");
        assertThat(run("plain", "--from-beginning", "--count", "3", "--output", file.toString()))
                .isZero();
        assertThat(out.toString()).isEqualTo("6 steps in " + file + "\n");
        List<Chunk> chunks = new ArrayList<>();
        try (ChunkFileReader reader = new ChunkFileReader(file, "unnamed")) {
            reader.forEach(decoded -> chunks.add(decoded.chunk()));
        }
        assertThat(chunks.stream()
                        .filter(chunk -> chunk.stream().equals("arm-7"))
                        .mapToInt(Chunk::steps)
                        .sum())
                .isEqualTo(4);
        assertThat(chunks.get(0).values()).startsWith(1, 2, 3, 4, 5, 6);
    }

    @Test
    void writesACsvFile() throws IOException {
        Path file = folder.resolve("steps.csv");
        assertThat(run(
                        "plain",
                        "--from-beginning",
                        "--count",
                        "3",
                        "--stream",
                        "arm-7",
                        "--duration",
                        "3s",
                        "--output",
                        file.toString()))
                .isZero();
        assertThat(Files.readString(file).lines())
                .containsExactly(
                        "stream,step,0,1,2",
                        "arm-7,0,1.0,2.0,3.0",
                        "arm-7,1,4.0,5.0,6.0",
                        "arm-7,2,1.0,2.0,3.0",
                        "arm-7,3,4.0,5.0,6.0");
    }

    @Test
    void refusesAFileOfUnknownKind() {
        assertThat(run("plain", "--output", "steps.txt")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo(
                        "the output file is steps.txt, expected a name that ends in one of .arrow, .arrows, .feather, .csv, .npy\n");
    }

    private int run(String topic, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("tap", topic, "--brokers", kafka.bootstrapServers(), "--plain"));
        arguments.addAll(List.of(options));
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments.toArray(new String[0]));
    }

    private static Chunk chunk(String stream, long firstStep) {
        return new Chunk(stream, firstStep, 2, 3, new float[] {1, 2, 3, 4, 5, 6});
    }

    private static void send(KafkaProducer<String, byte[]> producer, String topic, String key, byte[] value)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, key, value)).get();
    }
}
