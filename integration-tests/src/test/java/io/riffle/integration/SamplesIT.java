package io.riffle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.jobs.embedded.EmbeddedFlink;
import io.riffle.jobs.embedded.EmbeddedKafka;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.offline.EvolveCommand;
import io.riffle.jobs.streaming.Delivery;
import io.riffle.jobs.streaming.JobSettings;
import io.riffle.jobs.streaming.JobTopics;
import io.riffle.jobs.streaming.RunningJob;
import io.riffle.jobs.streaming.StartFrom;
import io.riffle.jobs.streaming.StreamingJob;
import io.riffle.operators.NetworkPlan;
import io.riffle.operators.raster.RasterRule;
import io.riffle.operators.raster.RasterSettings;
import io.riffle.operators.sequence.GapPolicy;
import io.riffle.operators.sequence.Horizon;
import io.riffle.operators.sequence.SequenceSettings;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.schemas.ChunkFileReader;
import io.riffle.schemas.ChunkFileWriter.Encapsulation;
import io.riffle.schemas.NoticeFormat;
import io.riffle.schemas.NoticeKind;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.RejectedFormat;
import io.riffle.schemas.Samples;
import io.riffle.schemas.SamplesEncoder;
import io.riffle.schemas.SamplesFileWriter;
import io.riffle.sim.network.NetworkFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Samples at any times: the job gives the steps, and the bits, that {@code riffle evolve} gives for the same records. */
class SamplesIT {
    private static final long START = 1_577_836_800_000_000_000L;
    private static final long STEP = 1_000_000;
    private static final int LATENESS = 40;
    private static final int MAX_GAP = 50;
    private static final List<String> STREAMS = List.of("arm", "leg", "tail");
    private static final String NETWORK =
            """
            {"module": "Sequential", "modules": [
                {"module": "Linear", "shape": [2, 4], "weight": [[1, 0.5, 0, 1], [0, 1, 0.5, 0.25]]},
                {"module": "LIF", "shape": [4], "has_rec": true, "noise_std": 2, "dt": 0.001,
                 "w_rec": [[0, 0.4, 0, 0], [0, 0, 0.4, 0], [-0.4, 0, 0, 0], [0, 0, 0, 0.2]]}]}
            """;

    @TempDir
    private Path folder;

    @Test
    void givesTheBitsOfEvolve() throws Exception {
        List<Samples> records = records();
        TreeMap<String, List<Integer>> expected = evolve(records);
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedFlink flink = EmbeddedFlink.start(2)) {
            Brokers brokers = new Brokers(kafka.bootstrapServers());
            JobTopics names = new JobTopics("in", "out", "rejected", "notices", Optional.empty());
            names.all().forEach(topic -> brokers.createIfMissing(topic, 2));
            try (KafkaProducer<String, byte[]> producer = brokers.producer()) {
                for (Samples record : records) {
                    producer.send(new ProducerRecord<>("in", record.stream(), SamplesEncoder.encode(record)));
                }
                for (String stream : STREAMS) {
                    producer.send(signOfLife(stream));
                }
            }
            RunningJob job = RunningJob.start(job(brokers, names), flink.environment(), "the test's cluster");
            Topics topics = new Topics(brokers);
            TreeMap<String, List<Integer>> output = new TreeMap<>();
            topics.read("out", read -> stepsIn(read) >= expected.size()).forEach(record -> add(chunk(record), output));
            assertThat(output).isEqualTo(expected);
            List<ConsumerRecord<String, byte[]>> rejected =
                    topics.read("rejected", read -> read.size() >= STREAMS.size());
            assertThat(rejected)
                    .extracting(record -> RejectedFormat.decode(record.value()).reason())
                    .containsOnly(RejectReason.STALE)
                    .hasSize(STREAMS.size());
            List<ConsumerRecord<String, byte[]>> notices =
                    topics.read("notices", read -> read.size() >= STREAMS.size());
            assertThat(notices)
                    .extracting(record -> NoticeFormat.decode(record.value()).kind())
                    .containsOnly(NoticeKind.GAP_ZEROS)
                    .hasSize(STREAMS.size());
            job.stop(Optional.empty());
        }
    }

    private static StreamingJob job(Brokers brokers, JobTopics names) {
        NetworkPlan plan = NetworkPlan.of(NetworkFile.parse(NETWORK, "net"), OptionalDouble.empty(), List.of(), 0);
        return new StreamingJob(
                brokers,
                names,
                plan,
                Optional.of(RasterSettings.of(RasterRule.INTERPOLATE, Duration.ofMillis(LATENESS), MAX_GAP)),
                SequenceSettings.of(GapPolicy.ZEROS, Horizon.ofSteps(10), MAX_GAP, Optional.empty(), Optional.empty()),
                new JobSettings(
                        "samples",
                        2,
                        Delivery.EXACTLY_ONCE,
                        Duration.ofMillis(200),
                        Optional.empty(),
                        Optional.empty(),
                        StartFrom.EARLIEST));
    }

    /** Of each stream in turns: samples out of order, one that comes too late, and a silence longer than is filled. */
    private static List<Samples> records() {
        Random random = new Random(5);
        List<Samples> records = new ArrayList<>();
        for (int record = 0; record < 60; record++) {
            for (String stream : STREAMS) {
                long[] times = new long[4];
                float[] values = new float[8];
                for (int row = 0; row < times.length; row++) {
                    long silence = record >= 30 ? 80 : 0;
                    times[row] =
                            START + (record * 10 + silence + random.nextInt(LATENESS)) * STEP + random.nextInt(1000);
                    values[2 * row] = random.nextFloat() * 3;
                    values[2 * row + 1] = random.nextFloat() * 3;
                }
                if (record == 20) {
                    times[2] = START + STEP;
                }
                records.add(new Samples(stream, 0, 2, times, values));
            }
        }
        return records;
    }

    /** Late enough that all steps are made, which else only the end of a file does. */
    private static ProducerRecord<String, byte[]> signOfLife(String stream) {
        long time = START / STEP + 59 * 10 + 80 + 2 * LATENESS;
        Samples nothing = new Samples(stream, 0, 2, new long[0], new float[0]);
        return new ProducerRecord<>("in", null, time, stream, SamplesEncoder.encode(nothing));
    }

    private TreeMap<String, List<Integer>> evolve(List<Samples> records) throws Exception {
        Path input = folder.resolve("samples.arrow");
        try (SamplesFileWriter writer = new SamplesFileWriter(input, Encapsulation.FILE)) {
            records.forEach(writer::append);
        }
        Path network = Files.writeString(folder.resolve("net.json"), NETWORK);
        Path output = folder.resolve("output.arrow");
        int status = new CommandLine(new EvolveCommand())
                .execute(
                        network.toString(),
                        "--input=" + input,
                        "--output=" + output,
                        "--raster=interpolate",
                        "--lateness=" + LATENESS + "ms",
                        "--gap=zeros",
                        "--horizon=10",
                        "--max-gap=" + MAX_GAP);
        assertThat(status).isZero();
        TreeMap<String, List<Integer>> steps = new TreeMap<>();
        try (ChunkFileReader reader = new ChunkFileReader(output, "")) {
            reader.forEach(decoded -> add(decoded.chunk(), steps));
        }
        return steps;
    }

    private static Chunk chunk(ConsumerRecord<String, byte[]> record) {
        return ChunkDecoder.anything().decode(record.key(), record.value());
    }

    private static int stepsIn(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream().mapToInt(record -> chunk(record).steps()).sum();
    }

    /** By stream and step, the bits of its values. */
    private static void add(Chunk chunk, TreeMap<String, List<Integer>> steps) {
        for (int step = 0; step < chunk.steps(); step++) {
            List<Integer> bits = new ArrayList<>();
            for (int channel = 0; channel < chunk.channels(); channel++) {
                bits.add(Float.floatToRawIntBits(chunk.values()[step * chunk.channels() + channel]));
            }
            String key = "%s %d".formatted(chunk.stream(), chunk.firstStep() + step);
            assertThat(steps.put(key, bits)).as("%s came twice", key).isNull();
        }
    }
}
