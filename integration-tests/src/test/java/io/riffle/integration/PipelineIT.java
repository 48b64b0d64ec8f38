package io.riffle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.jobs.embedded.EmbeddedFlink;
import io.riffle.jobs.embedded.EmbeddedKafka;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.streaming.Delivery;
import io.riffle.jobs.streaming.JobSettings;
import io.riffle.jobs.streaming.JobTopics;
import io.riffle.jobs.streaming.RunningJob;
import io.riffle.jobs.streaming.StartFrom;
import io.riffle.jobs.streaming.StreamingJob;
import io.riffle.operators.Batching;
import io.riffle.operators.NetworkPlan;
import io.riffle.operators.sequence.SequenceSettings;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkEncoder;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Rejected;
import io.riffle.schemas.RejectedFormat;
import io.riffle.sim.Arguments;
import io.riffle.sim.Init;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real broker and a real cluster: what comes out of a topic is what the network gives offline, bit for bit. */
class PipelineIT {
    private static final int CHANNELS = 5;
    private static final int STEPS = 300;
    private static final long SEED = 11;
    private static final Map<String, int[]> CUTS =
            new TreeMap<>(Map.of("arm-1", new int[] {10}, "arm-2", new int[] {1, 7, 3}, "leg", new int[] {40, 2}));

    private static EmbeddedKafka kafka;
    private static Brokers brokers;
    private static Topics topics;
    private EmbeddedFlink flink;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
        brokers = new Brokers(kafka.bootstrapServers());
        topics = new Topics(brokers);
    }

    @AfterAll
    static void end() {
        kafka.close();
    }

    /** One for each test: the job of a test that failed would hold the slots. */
    @BeforeEach
    void startFlink() {
        flink = EmbeddedFlink.start(2);
    }

    @AfterEach
    void endFlink() {
        flink.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Batching.class,
            names = {"ON", "OFF"})
    void givesTheBitsOfEvolveInSpiteOfPoison(Batching batching) throws Exception {
        Sequential network = new Sequential(first(), hidden(), second(), new LIF(3));
        JobTopics names = topicsNamed("poison-" + batching, Optional.of("poison-record-" + batching));
        RunningJob job = start(network, names, List.of("1_LIF.vmem", "3_LIF_output"), Delivery.EXACTLY_ONCE, batching);
        long poisonOffset = sendWithPoison(names.input());

        Map<String, float[]> output = topics.steps(names.output(), stepsOfStreams());
        for (String stream : CUTS.keySet()) {
            assertThat(output.get(stream))
                    .as(stream)
                    .isEqualTo(evolve(network, stream, Recorder.NONE).toArray());
        }
        List<ConsumerRecord<String, byte[]>> rejected = topics.read(names.rejected(), records -> records.size() >= 2);
        assertThat(rejected.stream().map(record -> RejectedFormat.decode(record.value())))
                .extracting(Rejected::stream, Rejected::reason)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("arm-1", RejectReason.MALFORMED),
                        org.assertj.core.groups.Tuple.tuple("arm-1", RejectReason.GAP));
        Rejected poison = rejected.stream()
                .map(record -> RejectedFormat.decode(record.value()))
                .filter(record -> record.reason() == RejectReason.MALFORMED)
                .findFirst()
                .orElseThrow();
        assertThat(poison.topic()).isEqualTo(names.input());
        assertThat(poison.offset()).isEqualTo(poisonOffset);
        assertThat(poison.value()).isEqualTo("poison".getBytes(StandardCharsets.UTF_8));
        assertRecorded(network, names.recorded().orElseThrow());
        job.stop(Optional.empty());
    }

    private static void assertRecorded(Module network, String topic) {
        List<ConsumerRecord<String, byte[]>> records =
                topics.read(topic, enough -> enough.size() >= 2 * countOfChunks());
        for (String stream : CUTS.keySet()) {
            Recorder all = Recorder.all();
            evolve(network, stream, all);
            for (String path : List.of("1_LIF.vmem", "3_LIF_output")) {
                assertThat(Records.of(records, stream, path))
                        .as(stream + " " + path)
                        .isEqualTo(all.tree().tensor(path).toArray());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Batching.class,
            names = {"ON", "OFF"})
    void continuesFromItsCheckpointAfterAFailureWithTheSameBits(Batching batching) throws Exception {
        Stumble.LEFT.set(2);
        Sequential network = new Sequential(
                first(), hidden(), new Stumble(Arguments.shape(8).with("at_step", STEPS / 2)), second(), new LIF(3));
        JobTopics names = topicsNamed("stumble-" + batching, Optional.empty());
        RunningJob job = start(network, names, List.of(), Delivery.EXACTLY_ONCE, batching);
        List<ProducerRecord<String, byte[]>> records = records(names.input());
        int before = 10; // none of these reaches the step at which it stumbles
        produce(records.subList(0, before));
        topics.read(names.output(), read -> read.size() >= before); // committed, so there is a checkpoint to go back to
        produce(records.subList(before, records.size()));

        Map<String, float[]> output = topics.steps(names.output(), stepsOfStreams());
        for (String stream : CUTS.keySet()) {
            assertThat(output.get(stream))
                    .as(stream)
                    .isEqualTo(evolve(network, stream, Recorder.NONE).toArray());
        }
        assertThat(Stumble.LEFT).hasValue(0);
        job.stop(Optional.empty());
    }

    @Test
    void continuesFromASavepointInAnotherJobWithTheSameBits(@TempDir Path folder) throws Exception {
        Sequential network = new Sequential(first(), hidden(), second(), new LIF(3));
        JobTopics names = topicsNamed("savepoint", Optional.empty());
        RunningJob job = start(network, names, List.of(), Delivery.AT_LEAST_ONCE, Batching.ON);
        List<ProducerRecord<String, byte[]>> records = records(names.input());
        int half = records.size() / 2;
        produce(records.subList(0, half));
        topics.read(names.output(), read -> read.size() >= half);
        String savepoint = job.stop(Optional.of(folder.toUri().toString())).orElseThrow();

        produce(records.subList(half, records.size()));
        RunningJob next =
                submit(network, names, List.of(), Delivery.AT_LEAST_ONCE, Batching.OFF, Optional.of(savepoint));
        Map<String, float[]> output = topics.steps(names.output(), stepsOfStreams());
        for (String stream : CUTS.keySet()) {
            assertThat(output.get(stream))
                    .as(stream)
                    .isEqualTo(evolve(network, stream, Recorder.NONE).toArray());
        }
        next.stop(Optional.empty());
    }

    private RunningJob start(
            Module network, JobTopics names, List<String> records, Delivery delivery, Batching batching) {
        names.all().forEach(topic -> brokers.createIfMissing(topic, 2));
        return submit(network, names, records, delivery, batching, Optional.empty());
    }

    private RunningJob submit(
            Module network,
            JobTopics names,
            List<String> records,
            Delivery delivery,
            Batching batching,
            Optional<String> restore) {
        NetworkPlan plan =
                NetworkPlan.of(network, OptionalDouble.empty(), records, SEED).withBatching(batching);
        JobSettings settings = new JobSettings(
                names.output(), 2, delivery, Duration.ofMillis(200), Optional.empty(), restore, StartFrom.EARLIEST);
        StreamingJob job = new StreamingJob(brokers, names, plan, SequenceSettings.DEFAULT, settings);
        return RunningJob.start(job, flink.environment(), "the test's cluster");
    }

    private static JobTopics topicsNamed(String name, Optional<String> recorded) {
        return new JobTopics(name + "-in", name + "-out", name + "-rejected", name + "-notices", recorded);
    }

    private static Linear first() {
        return new Linear(
                Arguments.shape(CHANNELS, 8).with("weight", Init.normal(0.5, 1).create(Shape.of(CHANNELS, 8))));
    }

    private static LIF hidden() {
        return new LIF(Arguments.shape(8)
                .with("has_rec", true)
                .with("w_rec", Init.normal(0.1, 2).create(Shape.of(8, 8)))
                .with("noise_std", 0.5));
    }

    private static Linear second() {
        return new Linear(
                Arguments.shape(8, 3).with("weight", Init.normal(0.3, 3).create(Shape.of(8, 3))));
    }

    private static Map<String, Integer> stepsOfStreams() {
        Map<String, Integer> steps = new TreeMap<>();
        CUTS.keySet().forEach(stream -> steps.put(stream, STEPS));
        return steps;
    }

    private static Tensor input(String stream) {
        Random random = new Random(stream.hashCode());
        float[] values = new float[STEPS * CHANNELS];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(5) == 0 ? 1 : 0;
        }
        return Tensor.wrap(values, 1, STEPS, CHANNELS);
    }

    private static Tensor evolve(Module network, String stream, Recorder recorder) {
        float[] values = network.newState(1).valuesWithoutCopy();
        Tensor output = network.advance(input(stream), ModuleState.of(network, "", values, SEED, stream, 0), recorder);
        assertThat(output.toArray()).as("a silent network would prove nothing").contains(1f);
        return output;
    }

    /** The chunks of all streams in turns, each stream cut in its own way. */
    private static List<ProducerRecord<String, byte[]>> records(String topic) {
        ChunkEncoder encoder = new ChunkEncoder(0.001);
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        Map<String, Integer> next = new TreeMap<>();
        for (int turn = 0; next.values().stream().mapToInt(at -> at).sum() < CUTS.size() * STEPS; turn++) {
            for (Map.Entry<String, int[]> entry : CUTS.entrySet()) {
                String stream = entry.getKey();
                int from = next.getOrDefault(stream, 0);
                int to = Math.min(STEPS, from + entry.getValue()[turn % entry.getValue().length]);
                if (to > from) {
                    float[] values = input(stream).steps(from, to).toArray();
                    Chunk chunk = new Chunk(stream, from, to - from, CHANNELS, values);
                    records.add(new ProducerRecord<>(topic, null, 1000L + from, stream, encoder.encode(chunk)));
                }
                next.put(stream, to);
            }
        }
        return records;
    }

    private static int countOfChunks() {
        return records("any").size();
    }

    /** Sends everything, and in the middle a poisoned record, whose offset it gives, and a chunk too far ahead. */
    private static long sendWithPoison(String topic) throws Exception {
        List<ProducerRecord<String, byte[]>> records = records(topic);
        int half = records.size() / 2;
        produce(records.subList(0, half));
        Chunk early = new Chunk("arm-1", 100_000, 1, CHANNELS, new float[CHANNELS]);
        long offset;
        try (KafkaProducer<String, byte[]> producer = brokers.producer()) {
            offset = producer.send(new ProducerRecord<>(topic, "arm-1", "poison".getBytes(StandardCharsets.UTF_8)))
                    .get()
                    .offset();
            producer.send(new ProducerRecord<>(topic, "arm-1", new ChunkEncoder(0.001).encode(early)))
                    .get();
        }
        produce(records.subList(half, records.size()));
        return offset;
    }

    private static void produce(List<ProducerRecord<String, byte[]>> records) {
        try (KafkaProducer<String, byte[]> producer = brokers.producer()) {
            records.forEach(producer::send);
        }
    }
}
