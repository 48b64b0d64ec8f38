package io.riffle.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.jobs.embedded.EmbeddedKafka;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.schemas.Payload;
import io.riffle.schemas.Samples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FeedFileCommandTest {
    private static EmbeddedKafka kafka;
    private static Brokers brokers;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.start();
        brokers = new Brokers(kafka.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    private int feed(Object... arguments) {
        CommandLine command = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(Stream.concat(
                        Stream.concat(Stream.of("feed"), Arrays.stream(arguments)),
                        Stream.of("--brokers", kafka.bootstrapServers()))
                .map(Object::toString)
                .toArray(String[]::new));
    }

    /** Steps of two channels: the number of the step, and its negative. */
    private Path walk(int steps) throws IOException {
        StringBuilder rows = new StringBuilder("left,right\n");
        for (int step = 0; step < steps; step++) {
            rows.append(step).append(',').append(-step).append('\n');
        }
        return Files.writeString(folder.resolve("walk.csv"), rows.toString());
    }

    private static List<ConsumerRecord<String, byte[]>> records(String topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = brokers.consumer()) {
            List<TopicPartition> all = List.of(new TopicPartition(topic, 0));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (consumer.position(all.get(0)) < ends.get(all.get(0))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static List<Payload> payloads(String topic) {
        return records(topic).stream()
                .map(record -> ChunkDecoder.anything().decodePayload(record.key(), record.value()))
                .toList();
    }

    @Test
    void theStepsOfAFileBecomeRecordsWithTimestampsOfNow() throws IOException {
        long before = System.currentTimeMillis();
        assertThat(feed(walk(25), "--to", "plain", "--dt", "0.01", "--chunk", 10, "--rate", "max"))
                .as(err.toString())
                .isZero();
        long after = System.currentTimeMillis();
        assertThat(out.toString()).startsWith("25 steps of 1 stream in 3 records, ");
        List<Payload> payloads = payloads("plain");
        assertThat(payloads).hasSize(3);
        Chunk last = (Chunk) payloads.get(2);
        assertThat(last)
                .isEqualTo(new Chunk("walk", 20, 5, 2, new float[] {20, -20, 21, -21, 22, -22, 23, -23, 24, -24}));
        assertThat(records("plain"))
                .allSatisfy(record -> assertThat(record.timestamp()).isBetween(before, after));
    }

    @Test
    void timestampsAreAsFarApartAsTheSteps() throws IOException {
        assertThat(feed(walk(12), "--to", "paced", "--dt", "0.01", "--chunk", 4, "--rate", "2x"))
                .as(err.toString())
                .isZero();
        List<ConsumerRecord<String, byte[]>> records = records("paced");
        assertThat(records.get(1).timestamp() - records.get(0).timestamp()).isBetween(18L, 22L);
        assertThat(records.get(2).timestamp() - records.get(1).timestamp()).isBetween(18L, 22L);
    }

    @Test
    void aStreamThatIsThereStartsANewRunOrGoesOn() throws IOException {
        Path file = walk(10);
        Object[] call = {file, "--to", "again", "--dt", "0.01", "--chunk", 10, "--rate", "max"};
        assertThat(feed(call)).isZero();
        assertThat(feed(call)).isZero();
        assertThat(feed(Stream.concat(Arrays.stream(call), Stream.of("--continue"))
                        .toArray()))
                .isZero();
        assertThat(payloads("again"))
                .extracting(payload -> payload.run() + ":" + ((Chunk) payload).firstStep())
                .containsExactly("0:0", "1:0", "1:10");
        file = Files.writeString(folder.resolve("walk.csv"), "only\n1\n");
        assertThat(feed(file, "--to", "again", "--dt", "0.01", "--continue")).isOne();
        assertThat(err.toString())
                .isEqualTo("stream walk in topic again has 2 channels and dt 0.01 s, what is fed has 1 channels and "
                        + "dt 0.01 s: give it another name with --stream\n");
    }

    @Test
    void aLoopGoesOnWithItsSteps() throws IOException {
        assertThat(feed(walk(10), "--to", "loop", "--dt", "0.002", "--chunk", 4, "--loop", "--duration", "200ms"))
                .isZero();
        List<Payload> payloads = payloads("loop");
        assertThat(payloads.size()).isGreaterThan(4);
        long next = 0;
        for (Payload payload : payloads) {
            Chunk chunk = (Chunk) payload;
            assertThat(chunk.firstStep()).isEqualTo(next);
            assertThat(chunk.values()[0]).isEqualTo(next % 10);
            next = chunk.endStep();
        }
    }

    @Test
    void manyStreamsBeginElsewhereInTheRecording() throws IOException {
        assertThat(feed(
                        walk(10),
                        "--to",
                        "many",
                        "--dt",
                        "0.01",
                        "--chunk",
                        5,
                        "--rate",
                        "max",
                        "--streams",
                        3,
                        "--offset",
                        "30ms"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).startsWith("21 steps of 3 streams in 5 records, ");
        List<Payload> payloads = payloads("many");
        assertThat(payloads)
                .extracting(payload -> "%s %d %d from %.0f"
                        .formatted(
                                payload.stream(),
                                ((Chunk) payload).firstStep(),
                                ((Chunk) payload).steps(),
                                ((Chunk) payload).values()[0]))
                .containsExactly(
                        "walk-0 0 5 from 0",
                        "walk-1 0 5 from 3",
                        "walk-2 0 4 from 6",
                        "walk-0 5 5 from 5",
                        "walk-1 5 2 from 8");
    }

    @Test
    void samplesKeepTheirTimesAndGetTimestampsOfNow() throws IOException {
        Path file = Files.writeString(
                folder.resolve("gps.csv"), "stream,time,x\na,1000.5,1\na,1000.51,2\nb,1000.52,3\na,1001.5,4\n");
        long before = System.currentTimeMillis();
        assertThat(feed(file, "--to", "samples", "--rate", "max"))
                .as(err.toString())
                .isZero();
        assertThat(payloads("samples"))
                .containsExactly(
                        new Samples("a", 0, 1, new long[] {1_000_500_000_000L, 1_000_510_000_000L}, new float[] {1, 2}),
                        new Samples("b", 0, 1, new long[] {1_000_520_000_000L}, new float[] {3}),
                        new Samples("a", 0, 1, new long[] {1_001_500_000_000L}, new float[] {4}));
        assertThat(records("samples"))
                .allSatisfy(record -> assertThat(record.timestamp()).isGreaterThanOrEqualTo(before));
    }

    @Test
    void standardInputIsAFileAsWell() {
        InputStream terminal = System.in;
        System.setIn(new ByteArrayInputStream("step,a\n7,1.5\n8,2.5\n".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(feed("-", "--format", "csv", "--to", "pipe", "--dt", "0.01"))
                    .as(err.toString())
                    .isZero();
        } finally {
            System.setIn(terminal);
        }
        assertThat(payloads("pipe")).containsExactly(new Chunk("stdin", 7, 2, 1, new float[] {1.5f, 2.5f}));
    }

    @Test
    void wrongInputIsOneSentence() throws IOException {
        Path file = walk(3);
        assertThat(feed(file, "--to", "wrong")).isOne();
        assertThat(feed(folder.resolve("none.npy"), "--to", "wrong")).isOne();
        assertThat(feed(file, "--to", "wrong", "--dt", "0.01", "--rate", "fast"))
                .isEqualTo(2);
        assertThat(feed(file, "--to", "wrong", "--dt", "0.01", "--offset", "1s"))
                .isEqualTo(2);
        assertThat(feed(file, "--dt", "0.01")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        file + " does not say how long a step is, expected --dt SECONDS",
                        folder.resolve("none.npy") + " does not exist",
                        "Invalid value for option '--rate': 'fast' is no speed, expected realtime, max, or a number such "
                                + "as 2x (see: riffle feed file --help)",
                        "an offset between streams needs several of them, expected --streams N as well (see: riffle feed "
                                + "file --help)",
                        "Missing required option: '--to=TOPIC' (see: riffle feed file --help)");
        assertThat(payloads("wrong")).isEmpty();
    }
}
