package io.riffle.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.jobs.embedded.EmbeddedFlink;
import io.riffle.jobs.embedded.EmbeddedKafka;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.state.Restoring;
import io.riffle.jobs.state.StateCommand;
import io.riffle.jobs.state.UpgradeWishes;
import io.riffle.jobs.streaming.Delivery;
import io.riffle.jobs.streaming.FlinkSettings;
import io.riffle.jobs.streaming.JobSettings;
import io.riffle.jobs.streaming.JobTopics;
import io.riffle.jobs.streaming.RunningJob;
import io.riffle.jobs.streaming.StartFrom;
import io.riffle.jobs.streaming.StateBackend;
import io.riffle.jobs.streaming.StreamingJob;
import io.riffle.operators.NetworkPlan;
import io.riffle.operators.sequence.SequenceSettings;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.schemas.ChunkEncoder;
import io.riffle.sim.Arguments;
import io.riffle.sim.Init;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.StateLayout;
import io.riffle.sim.Tensor;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.modules.ExpSyn;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import io.riffle.sim.network.StateFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/**
 * What a job has stored is what the network remembers offline at that step, and a changed network goes on with it, by the
 * same bits, where it can or where somebody declared how; else it is refused.
 */
class StateIT {
    private static final List<String> STREAMS = List.of("arm-1", "arm-2", "leg");
    private static final int CHANNELS = 4;
    private static final int STORED = 60;
    private static final int STEPS = 140;
    private static final long SEED = 3;

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;
    private static Brokers brokers;
    private static Topics topics;
    private static String savepoint;

    /** One job, stopped after some steps; the rest waits in its topic for those that go on. */
    @BeforeAll
    static void store() throws Exception {
        kafka = EmbeddedKafka.start();
        flink = EmbeddedFlink.start(2);
        brokers = new Brokers(kafka.bootstrapServers());
        topics = new Topics(brokers);
        JobTopics names = topics("upgrade", "stored", Optional.empty());
        send(names.input(), 0, STORED);
        RunningJob job = start(network(2, 6), names, List.of(), Optional.empty(), Delivery.AT_LEAST_ONCE);
        output(names.output(), 0, STORED);
        savepoint = job.stop(Optional.of(folder.toUri().toString())).orElseThrow();
        send(names.input(), STORED, STEPS);
    }

    @AfterAll
    static void end() {
        flink.close();
        kafka.close();
    }

    @Test
    void goesOnWithOtherParametersAndWithMoreOrLessThatIsRecorded() throws Exception {
        Sequential retuned = network(1.5, 6);
        JobTopics recording = topics("upgrade", "retuned", Optional.of("retuned-record"));
        RunningJob job = goOn(retuned, recording, List.of("1_LIF.vmem"), savepoint, UpgradeWishes.NONE);
        Map<String, float[]> output = output(recording.output(), STORED, STEPS);
        List<ConsumerRecord<String, byte[]>> recorded =
                topics.read(recording.recorded().orElseThrow(), records -> steps(records) >= count(STORED, STEPS));
        for (String stream : STREAMS) {
            Recorder recorder = Recorder.all();
            Tensor expected = evolve(retuned, stream, remembered(stream), STORED, STEPS, recorder);
            assertThat(output.get(stream)).as(stream).isEqualTo(expected.toArray());
            assertThat(Records.of(recorded, stream, "1_LIF.vmem"))
                    .isEqualTo(recorder.tree().tensor("1_LIF.vmem").toArray());
        }

        String second = job.stop(Optional.of(folder.toUri().toString())).orElseThrow();
        JobTopics silent = topics("upgrade", "retuned", Optional.empty());
        RunningJob last = goOn(retuned, silent, List.of(), second, UpgradeWishes.NONE);
        last.stop(Optional.empty());
    }

    @Test
    void keepsTheStatesOfModulesThatAreNotWhereTheyWere() throws Exception {
        Sequential inserted = new Sequential(first(2, 6), new ExpSyn(6), hidden(6), second(6), new LIF(3));
        JobTopics names = topics("upgrade", "inserted", Optional.empty());
        assertThatThrownBy(() -> restoring(inserted, names, List.of(), savepoint, UpgradeWishes.NONE))
                .isInstanceOf(RiffleException.class)
                .hasMessageContaining("has the state of 1_LIF, 3_LIF, which the network does not have, and the network"
                        + " has 1_ExpSyn, 2_LIF, 4_LIF, whose state it does not have; say --keep 1_LIF=2_LIF"
                        + " --keep 3_LIF=4_LIF --fresh 1_ExpSyn to go on with it");

        UpgradeWishes wishes =
                new UpgradeWishes(Map.of("1_LIF", "2_LIF", "3_LIF", "4_LIF"), Set.of("1_ExpSyn"), Set.of());
        RunningJob job = goOn(inserted, names, List.of(), savepoint, wishes);
        Map<String, float[]> output = output(names.output(), STORED, STEPS);
        for (String stream : STREAMS) {
            Map<String, float[]> moved = moved(remembered(stream), wishes.keep());
            assertThat(output.get(stream))
                    .as(stream)
                    .isEqualTo(evolve(inserted, stream, moved, STORED, STEPS, Recorder.NONE)
                            .toArray());
        }

        String second = job.stop(Optional.of(folder.toUri().toString())).orElseThrow();
        Restoring plain = restoring(inserted, names, List.of(), second, UpgradeWishes.NONE);
        assertThat(plain.path())
                .as("the names are those of the new network now")
                .isEqualTo(second);
        assertThat(plain.remarks()).isEmpty();
        assertThat(state(second, "--stream", "leg", "--json")).contains("\"4_LIF.vmem\"", "\"next_step\":" + STEPS);
    }

    @Test
    void startsAnewOrLeavesBehindWhatIsDeclaredSo() throws Exception {
        Sequential wider = new Sequential(first(2, 8), hidden(8), second(8));
        JobTopics names = topics("upgrade", "wider", Optional.empty());
        assertThatThrownBy(() -> restoring(
                        wider, names, List.of(), savepoint, new UpgradeWishes(Map.of(), Set.of(), Set.of("3_LIF"))))
                .isInstanceOf(RiffleException.class)
                .hasMessageContainingAll("1_LIF.vmem (8,)", "1_LIF.vmem (6,)", "--fresh 1_LIF starts it anew");

        UpgradeWishes wishes = new UpgradeWishes(Map.of(), Set.of("1_LIF"), Set.of("3_LIF"));
        RunningJob job = goOn(wider, names, List.of(), savepoint, wishes);
        Map<String, float[]> output = output(names.output(), STORED, STEPS);
        for (String stream : STREAMS) {
            assertThat(output.get(stream))
                    .as(stream)
                    .isEqualTo(evolve(wider, stream, Map.of(), STORED, STEPS, Recorder.NONE)
                            .toArray());
        }
        job.stop(Optional.empty());
    }

    @Test
    void failsOnOtherShapesAlsoWhereNobodyLookedBefore() {
        JobTopics names = topics("upgrade", "unchecked", Optional.empty());
        RunningJob job = start(network(2, 8), names, List.of(), Optional.of(savepoint), Delivery.AT_LEAST_ONCE);
        assertThatThrownBy(() -> {
                    while (true) {
                        job.throwIfFailed();
                        Thread.sleep(100);
                    }
                })
                .isInstanceOf(RiffleException.class)
                .hasMessageContainingAll("the stored state is [1_LIF.vmem (6,)", "the network has [1_LIF.vmem (8,)");
    }

    @Test
    void letsAStreamGoOnOfflineAndComeBack(@TempDir Path files) throws Exception {
        Sequential network = network(2, 6);
        Path taken = files.resolve("taken.json");
        Path advanced = files.resolve("advanced.json");
        assertThat(state(savepoint, "--stream", "leg", "--export", taken.toString()))
                .startsWith("1 stream of ");
        StateLayout layout = network.stateLayout("");
        StateFile.StreamState state = StateFile.read(taken, layout).get("leg");
        assertThat(state.nextStep()).isEqualTo(STORED);
        assertThat(byPath(layout, state.values())).containsExactlyEntriesOf(remembered("leg"));

        int away = 20;
        evolve(network, "leg", state.values(), STORED, STORED + away, Recorder.NONE);
        StateFile.write(advanced, layout, Map.of("leg", new StateFile.StreamState(STORED + away, state.values())));
        String back = files.resolve("back").toString();
        assertThat(state(savepoint, "--import", advanced.toString(), "--output", back))
                .startsWith("1 stream of ");
        assertThat(state(back)).contains(STORED + "  arm-1", STORED + away + "  leg", "3 streams");

        JobTopics names = topics("upgrade", "back", Optional.empty());
        RunningJob job = goOn(network, names, List.of(), Path.of(back).toUri().toString(), UpgradeWishes.NONE);
        List<ConsumerRecord<String, byte[]>> records =
                topics.read(names.output(), all -> steps(all) >= count(STORED, STEPS) - away);
        for (String stream : STREAMS) {
            int from = stream.equals("leg") ? STORED + away : STORED;
            Tensor whole = evolve(network, stream, remembered(stream), STORED, STEPS, Recorder.NONE);
            assertThat(join(records, stream, from))
                    .as(stream)
                    .isEqualTo(whole.steps(from - STORED, STEPS - STORED).toArray());
        }
        job.stop(Optional.empty());
    }

    @ParameterizedTest
    @EnumSource
    void goesOnFromTheNewestCheckpointOfAFolder(StateBackend backend, @TempDir Path checkpoints) throws Exception {
        Sequential network = network(2, 6);
        JobTopics names = topics("cut-" + backend, "cut-" + backend, Optional.empty());
        send(names.input(), 0, STORED);
        JobClient job = job(network, names, List.of(), Optional.empty(), checkpoints, backend)
                .submit(flink.environment());
        output(names.output(), 0, STORED); // which shows with the checkpoint that holds it
        String nativeForm = job.triggerSavepoint(folder.toUri().toString(), SavepointFormatType.NATIVE)
                .get();
        job.cancel().get();
        for (String stream : STREAMS) {
            String stored = state(checkpoints.toString(), "--stream", stream, "--json");
            assertThat(stored).isEqualTo(state(nativeForm, "--stream", stream, "--json"));
            for (float[] values : remembered(stream).values()) {
                assertThat(stored)
                        .contains("\"data\":" + Arrays.toString(values).replace(" ", ""));
            }
        }
        assertThatThrownBy(() -> Restoring.from(nativeForm, job(network, names, other(backend)), UpgradeWishes.NONE))
                .hasMessageContaining("is a checkpoint of the state backend " + backend);

        Restoring newest =
                Restoring.from(checkpoints.toUri().toString(), job(network, names, backend), UpgradeWishes.NONE);
        assertThat(newest.path()).contains("chk-");
        JobClient next = job(network, names, List.of(), Optional.of(newest.path()), checkpoints, backend)
                .submit(flink.environment());
        send(names.input(), STORED, STEPS);
        Map<String, float[]> output = output(names.output(), 0, STEPS);
        for (String stream : STREAMS) {
            assertThat(output.get(stream))
                    .as(stream)
                    .isEqualTo(evolve(network, stream, Map.of(), 0, STEPS, Recorder.NONE)
                            .toArray());
        }
        next.cancel().get();
    }

    private static StateBackend other(StateBackend backend) {
        return backend == StateBackend.HASHMAP ? StateBackend.ROCKSDB : StateBackend.HASHMAP;
    }

    private static String state(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = new CommandLine(new StateCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        assertThat(status).as(err.toString()).isZero();
        return out.toString();
    }

    private static RunningJob goOn(
            Module network, JobTopics names, List<String> records, String from, UpgradeWishes wishes) {
        Restoring restoring = restoring(network, names, records, from, wishes);
        return start(network, names, records, Optional.of(restoring.path()), Delivery.AT_LEAST_ONCE);
    }

    private static Restoring restoring(
            Module network, JobTopics names, List<String> records, String from, UpgradeWishes wishes) {
        return Restoring.from(
                from, new Restoring.Job(names, plan(network, records), false, StateBackend.HASHMAP), wishes);
    }

    private static Restoring.Job job(Module network, JobTopics names, StateBackend backend) {
        return new Restoring.Job(names, plan(network, List.of()), false, backend);
    }

    private static RunningJob start(
            Module network, JobTopics names, List<String> records, Optional<String> restore, Delivery delivery) {
        JobSettings settings = new JobSettings(
                names.output(), 2, delivery, Duration.ofMillis(200), Optional.empty(), restore, StartFrom.EARLIEST);
        return RunningJob.start(
                new StreamingJob(brokers, names, plan(network, records), SequenceSettings.DEFAULT, settings),
                flink.environment(),
                "the test's cluster");
    }

    private static StreamingJob job(
            Module network,
            JobTopics names,
            List<String> records,
            Optional<String> restore,
            Path checkpoints,
            StateBackend backend) {
        JobSettings settings = new JobSettings(
                names.output(),
                2,
                Delivery.EXACTLY_ONCE,
                Duration.ofMillis(200),
                Optional.of(checkpoints.toUri().toString()),
                restore,
                StartFrom.EARLIEST,
                new FlinkSettings(backend, Map.of()));
        return new StreamingJob(brokers, names, plan(network, records), SequenceSettings.DEFAULT, settings);
    }

    private static NetworkPlan plan(Module network, List<String> records) {
        return NetworkPlan.of(network, OptionalDouble.empty(), records, SEED);
    }

    private static JobTopics topics(String input, String output, Optional<String> recorded) {
        JobTopics names =
                new JobTopics(input + "-in", output + "-out", output + "-rejected", output + "-notices", recorded);
        names.all().forEach(topic -> brokers.createIfMissing(topic, 2));
        return names;
    }

    private static Sequential network(double gain, int size) {
        return new Sequential(first(gain, size), hidden(size), second(size), new LIF(3));
    }

    private static Linear first(double gain, int size) {
        float[] weight = Init.normal(0.5, 1).create(Shape.of(CHANNELS, size)).toArray();
        for (int i = 0; i < weight.length; i++) {
            weight[i] *= (float) gain;
        }
        return new Linear(Arguments.shape(CHANNELS, size).with("weight", Tensor.wrap(weight, CHANNELS, size)));
    }

    private static LIF hidden(int size) {
        return new LIF(Arguments.shape(size)
                .with("has_rec", true)
                .with("w_rec", Init.normal(0.1, 2).create(Shape.of(size, size)))
                .with("noise_std", 0.5));
    }

    private static Linear second(int size) {
        return new Linear(
                Arguments.shape(size, 3).with("weight", Init.normal(0.3, 3).create(Shape.of(size, 3))));
    }

    /** What the network that was stored remembers of a stream, computed offline. */
    private static Map<String, float[]> remembered(String stream) {
        Sequential network = network(2, 6);
        float[] values = network.newState(1).valuesWithoutCopy();
        evolve(network, stream, values, 0, STORED, Recorder.NONE);
        return byPath(network.stateLayout(""), values);
    }

    private static Map<String, float[]> byPath(StateLayout layout, float[] values) {
        Map<String, float[]> all = new java.util.TreeMap<>();
        int at = 0;
        for (StateLayout.Entry entry : layout.entries()) {
            all.put(
                    entry.path(),
                    Arrays.copyOfRange(values, at, at + entry.shape().count()));
            at += entry.shape().count();
        }
        return all;
    }

    private static Map<String, float[]> moved(Map<String, float[]> states, Map<String, String> modules) {
        Map<String, float[]> moved = new HashMap<>();
        states.forEach((path, values) -> {
            String module = path.substring(0, path.indexOf('.'));
            moved.put(modules.getOrDefault(module, module) + path.substring(module.length()), values);
        });
        return moved;
    }

    /** @param known states by their paths; the others start anew */
    private static Tensor evolve(
            Module network, String stream, Map<String, float[]> known, int from, int to, Recorder recorder) {
        float[] values = network.newState(1).valuesWithoutCopy();
        int at = 0;
        for (StateLayout.Entry entry : network.stateLayout("").entries()) {
            if (known.containsKey(entry.path())) {
                System.arraycopy(
                        known.get(entry.path()), 0, values, at, entry.shape().count());
            }
            at += entry.shape().count();
        }
        return evolve(network, stream, values, from, to, recorder);
    }

    private static Tensor evolve(Module network, String stream, float[] values, int from, int to, Recorder recorder) {
        ModuleState state = ModuleState.of(network, "", values, SEED, stream, from);
        return network.advance(input(stream).steps(from, to), state, recorder);
    }

    private static Tensor input(String stream) {
        Random random = new Random(stream.hashCode());
        float[] values = new float[STEPS * CHANNELS];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(4) == 0 ? 1 : 0;
        }
        return Tensor.wrap(values, 1, STEPS, CHANNELS);
    }

    private static void send(String topic, int from, int to) {
        ChunkEncoder encoder = new ChunkEncoder(0.001);
        try (KafkaProducer<String, byte[]> producer = brokers.producer()) {
            for (int step = from; step < to; step += 10) {
                for (String stream : STREAMS) {
                    float[] values = input(stream).steps(step, step + 10).toArray();
                    Chunk chunk = new Chunk(stream, step, 10, CHANNELS, values);
                    producer.send(new ProducerRecord<>(topic, null, 1000L + step, stream, encoder.encode(chunk)));
                }
            }
        }
    }

    private static long count(int from, int to) {
        return (long) STREAMS.size() * (to - from);
    }

    /** The output of all streams from a step on, as soon as it is all there. */
    private static Map<String, float[]> output(String topic, int from, int to) {
        List<ConsumerRecord<String, byte[]>> records = topics.read(topic, all -> steps(all) >= count(from, to));
        Map<String, float[]> output = new HashMap<>();
        STREAMS.forEach(stream -> output.put(stream, join(records, stream, from)));
        return output;
    }

    private static long steps(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream()
                .mapToLong(record -> ChunkDecoder.anything()
                        .decode(record.key(), record.value())
                        .steps())
                .sum();
    }

    private static float[] join(List<ConsumerRecord<String, byte[]>> records, String stream, long from) {
        float[] joined = new float[0];
        long next = from;
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.key().equals(stream)) {
                Chunk chunk = ChunkDecoder.anything().decode(stream, record.value());
                assertThat(chunk.firstStep()).as(stream).isEqualTo(next);
                next = chunk.endStep();
                int at = joined.length;
                joined = Arrays.copyOf(joined, at + chunk.values().length);
                System.arraycopy(chunk.values(), 0, joined, at, chunk.values().length);
            }
        }
        return joined;
    }
}
