package io.riffle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import io.riffle.operators.sequence.SequenceSettings;
import io.riffle.schemas.BadChunkException;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.schemas.ChunkEncoder;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Rejected;
import io.riffle.schemas.RejectedFormat;
import io.riffle.schemas.testing.Mutation;
import io.riffle.sim.Arguments;
import io.riffle.sim.Init;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A hundred thousand spoilt records in a running job: each is accounted for, and none harms another stream. */
class QuarantineIT {
    private static final int SPOILT = 100_000;
    private static final int CHANNELS = 3;
    private static final int STEPS = 2000;
    private static final int CHUNK = 4;
    private static final long HORIZON = SequenceSettings.DEFAULT.horizon().steps();
    private static final String GOOD = "good";
    private static final JobTopics NAMES = new JobTopics("in", "out", "rejected", "notices", Optional.empty());

    private final Sequential network = network();
    private final ChunkEncoder encoder = new ChunkEncoder(0.001);
    private final ChunkDecoder decoder = new ChunkDecoder(CHANNELS, 0.001);
    private final Set<Long> undecodable = new HashSet<>();
    private final Set<Long> diverging = new HashSet<>();
    /** The streams of those that must have an output. */
    private final Set<String> taken = new HashSet<>();

    private final Map<Long, byte[]> sent = new HashMap<>();

    @Test
    void accountsForEverySpoiltRecordAndHarmsNoOtherStream() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedFlink flink = EmbeddedFlink.start(1)) {
            Brokers brokers = new Brokers(kafka.bootstrapServers());
            NAMES.all().forEach(topic -> brokers.createIfMissing(topic, 1));
            NetworkPlan plan = NetworkPlan.of(network, OptionalDouble.empty(), List.of(), 0);
            JobSettings settings = new JobSettings(
                    "quarantine",
                    1,
                    Delivery.AT_LEAST_ONCE,
                    Duration.ofSeconds(1),
                    Optional.empty(),
                    Optional.empty(),
                    StartFrom.EARLIEST);
            RunningJob job = RunningJob.start(
                    new StreamingJob(brokers, NAMES, plan, SequenceSettings.DEFAULT, settings),
                    flink.environment(),
                    "the test's cluster");
            float[] signal = signal();
            produce(brokers, signal);

            Topics topics = new Topics(brokers);
            List<ConsumerRecord<String, byte[]>> output = output(topics);
            assertThat(good(output)).isEqualTo(evolve(signal));
            Map<Long, Rejected> rejected = rejected(topics);
            assertThat(undecodable.size()).isBetween(SPOILT / 2, SPOILT - 1);
            assertThat(diverging).isNotEmpty();
            rejected.forEach((offset, one) -> {
                assertThat(one.topic()).isEqualTo("in");
                assertThat(one.value()).isEqualTo(sent.get(offset));
                Set<Long> expected = one.reason() == RejectReason.DIVERGED ? diverging : undecodable;
                assertThat(expected.contains(offset)).as(one.toString()).isTrue();
            });
            Set<String> answered = new HashSet<>();
            output.forEach(record -> answered.add(record.key()));
            taken.removeAll(answered);
            assertThat(taken).as("streams without an output").isEmpty();
            assertThat(failures(flink.web(), job)).isEmpty();
            job.stop(Optional.empty());
        }
    }

    private static Sequential network() {
        return new Sequential(
                new Linear(Arguments.shape(CHANNELS, 8)
                        .with("weight", Init.normal(0.8, 1).create(Shape.of(CHANNELS, 8)))),
                new LIF(8));
    }

    private static float[] signal() {
        Random random = new Random(7);
        float[] values = new float[STEPS * CHANNELS];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(3) == 0 ? 1 : 0;
        }
        return values;
    }

    /** The good stream's chunks, and between them what is spoilt, each as a stream of its own or of none. */
    private void produce(Brokers brokers, float[] signal) {
        Random random = new Random(42);
        int chunks = STEPS / CHUNK;
        int each = SPOILT / chunks;
        long offset = 0;
        try (KafkaProducer<String, byte[]> producer = brokers.producer()) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                for (int i = 0; i < each; i++) {
                    String stream = random.nextInt(50) == 0 ? null : "spoilt-" + offset;
                    byte[] value = spoilt(random);
                    note(offset, stream, value);
                    producer.send(new ProducerRecord<>("in", 0, stream, value));
                    offset++;
                }
                float[] values = new float[CHUNK * CHANNELS];
                System.arraycopy(signal, chunk * values.length, values, 0, values.length);
                byte[] good = encoder.encode(new Chunk(GOOD, (long) chunk * CHUNK, CHUNK, CHANNELS, values));
                producer.send(new ProducerRecord<>("in", 0, GOOD, good));
                offset++;
            }
        }
    }

    private byte[] spoilt(Random random) {
        float[] values = new float[CHUNK * CHANNELS];
        values[random.nextInt(values.length)] = 1;
        byte[] original = encoder.encode(new Chunk("spoilt", 0, CHUNK, CHANNELS, values));
        return switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> new byte[random.nextInt(8)];
            case 2 -> encoder.encode(new Chunk("spoilt", 0, CHUNK, CHANNELS + 1, new float[CHUNK * (CHANNELS + 1)]));
            case 3 -> new ChunkEncoder(0.002).encode(new Chunk("spoilt", 0, CHUNK, CHANNELS, values));
            case 4 -> withFloat(original, random.nextBoolean() ? Float.NaN : Float.POSITIVE_INFINITY);
            case 5 -> withFloat(original, Float.MAX_VALUE);
            default -> Mutation.of(original, random);
        };
    }

    /** With the last value replaced: the end of the stream are 8 bytes, and the body is padded to 8. */
    private static byte[] withFloat(byte[] original, float value) {
        ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN).putFloat(original.length - 12, value);
        return original;
    }

    private void note(long offset, String stream, byte[] value) {
        sent.put(offset, value == null ? new byte[0] : value);
        if (stream == null) {
            undecodable.add(offset);
            return;
        }
        try {
            Chunk chunk = decoder.decode(stream, value);
            boolean waits = chunk.firstStep() > 0 && chunk.firstStep() <= HORIZON; // for the stream's beginning
            if (waits || chunk.isHeartbeat()) {
                return;
            }
            if (diverges(chunk)) {
                diverging.add(offset);
            } else {
                taken.add(stream);
            }
        } catch (BadChunkException bad) {
            undecodable.add(offset);
        }
    }

    private boolean diverges(Chunk chunk) {
        float[] state = network.newState(1).valuesWithoutCopy();
        Tensor output = network.advance(
                Tensor.wrap(chunk.values(), 1, chunk.steps(), CHANNELS),
                ModuleState.of(network, "", state, 0, chunk.stream(), chunk.firstStep()),
                Recorder.NONE);
        return !allFinite(state) || !allFinite(output.toArray());
    }

    private static boolean allFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** Until the good stream's end, which was sent last. */
    private static List<ConsumerRecord<String, byte[]>> output(Topics topics) {
        int[] seen = new int[2]; // records, and those of the good stream among them
        return topics.read("out", read -> {
            for (; seen[0] < read.size(); seen[0]++) {
                seen[1] += GOOD.equals(read.get(seen[0]).key()) ? 1 : 0;
            }
            return seen[1] == STEPS / CHUNK;
        });
    }

    private static float[] good(List<ConsumerRecord<String, byte[]>> records) {
        float[] output = new float[STEPS * 8];
        long next = 0;
        for (ConsumerRecord<String, byte[]> record : records) {
            if (GOOD.equals(record.key())) {
                Chunk chunk = ChunkDecoder.anything().decode(GOOD, record.value());
                assertThat(chunk.firstStep()).isEqualTo(next);
                System.arraycopy(chunk.values(), 0, output, (int) next * 8, chunk.values().length);
                next = chunk.endStep();
            }
        }
        return output;
    }

    private float[] evolve(float[] signal) {
        float[] values = network.newState(1).valuesWithoutCopy();
        Tensor output = network.advance(
                Tensor.wrap(signal, 1, STEPS, CHANNELS),
                ModuleState.of(network, "", values, 0, GOOD, 0),
                Recorder.NONE);
        assertThat(output.toArray()).as("a silent network would prove nothing").contains(1f);
        return output.toArray();
    }

    private Map<Long, Rejected> rejected(Topics topics) {
        Map<Long, Rejected> rejected = new HashMap<>();
        List<ConsumerRecord<String, byte[]>> records =
                topics.read("rejected", read -> read.size() >= undecodable.size() + diverging.size());
        for (ConsumerRecord<String, byte[]> record : records) {
            Rejected one = RejectedFormat.decode(record.value());
            assertThat(rejected.put(one.offset(), one)).as("rejected once").isNull();
        }
        return rejected;
    }

    /** What made the job start again, as Flink tells it. */
    private static JsonNode failures(URI web, RunningJob job) throws Exception {
        URI exceptions = web.resolve("/jobs/%s/exceptions".formatted(job.id()));
        try (InputStream answer = exceptions.toURL().openStream()) {
            return new ObjectMapper().readTree(answer).path("exceptionHistory").path("entries");
        }
    }
}
