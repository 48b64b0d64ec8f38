package io.riffle.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.operators.elements.Admitted;
import io.riffle.operators.elements.RecordedChunk;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Rejected;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;

class EvolveModuleTest {
    private static final int MAX_PARALLELISM = 128;
    private static final long SEED = 7;
    private static final int STEPS = 60;
    private static final List<String> STREAMS = List.of("arm-1", "arm-2", "leg");
    private static final Path GOLDEN = Path.of("src/test/resources/golden/lif-state-v1");

    private final Map<String, Tensor> inputs = new HashMap<>();

    EvolveModuleTest() {
        for (String stream : STREAMS) {
            inputs.put(stream, TestingNetworks.input(STEPS, 8, stream.hashCode()));
        }
    }

    @Test
    void givesTheBitsOfTheModuleWhateverTheChunks() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            for (Chunk chunk : interleaved(0, STEPS)) {
                harness.processElement(TestingNetworks.admitted(chunk), 0);
            }
            for (String stream : STREAMS) {
                assertThat(outputOf(harness, stream)).isEqualTo(expected(stream, 0, STEPS));
            }
        }
    }

    @Test
    void keepsTheTimestampOfAChunk() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            Chunk chunk =
                    TestingNetworks.chunks("arm-1", inputs.get("arm-1"), 10).get(0);
            harness.processElement(TestingNetworks.admitted(chunk), 0);
            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .satisfies(evolved -> assertThat(evolved.timestamp()).isEqualTo(4711));
        }
    }

    @Test
    void startsAnewWithAFreshChunkAndKeepsNothingOfAForgottenStream() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            Chunk whole =
                    TestingNetworks.chunks("arm-1", inputs.get("arm-1"), STEPS).get(0);
            Admitted first = TestingNetworks.admitted(whole);
            harness.processElement(first, 0);
            Chunk nextRun = new Chunk("arm-1", 1, 0, STEPS, 8, whole.values());
            harness.processElement(new Admitted(nextRun, 0, Admitted.Kind.SENT, true, first.record()), 0);
            assertThat(harness.extractOutputValues())
                    .extracting(evolved -> evolved.chunk().values())
                    .containsExactly(expected("arm-1", 0, STEPS), expected("arm-1", 0, STEPS));
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);

            Chunk nothing = new Chunk("arm-1", 1, STEPS, 0, 8, new float[0]);
            harness.processElement(new Admitted(nothing, 0, Admitted.Kind.FORGET, false, first.record()), 0);
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void quarantinesAStreamThatDivergesAndNoOther() throws Exception {
        ModuleStage doubling = stageOf(new io.riffle.sim.modules.Linear(
                io.riffle.sim.Arguments.shape(1, 1).with("weight", new float[][] {{1e30f}})));
        try (var harness = harness(doubling, 1, 0)) {
            harness.open();
            harness.processElement(TestingNetworks.admitted(new Chunk("bad", 0, 1, 1, new float[] {1e20f})), 0);
            harness.processElement(TestingNetworks.admitted(new Chunk("good", 0, 1, 1, new float[] {1})), 0);
            harness.processElement(TestingNetworks.admitted(new Chunk("bad", 1, 1, 1, new float[] {1})), 0);
            Admitted anew = TestingNetworks.admitted(new Chunk("bad", 1, 0, 1, 1, new float[] {1}));
            harness.processElement(new Admitted(anew.chunk(), 0, Admitted.Kind.SENT, true, anew.record()), 0);
            assertThat(harness.extractOutputValues())
                    .extracting(evolved -> evolved.chunk().toString())
                    .containsExactly("Chunk good steps 0..1, f32[1,1]", "Chunk bad run 1 steps 0..1, f32[1,1]");
            List<Rejected> rejected = TestingNetworks.rejected(harness);
            assertThat(rejected)
                    .extracting(Rejected::reason)
                    .containsExactly(RejectReason.DIVERGED, RejectReason.QUARANTINED);
            assertThat(rejected.get(0).message())
                    .isEqualTo("module Linear: its output became Infinity in steps 0 to 0 of stream 'bad',"
                            + " expected finite values; the stream is quarantined");
            assertThat(rejected.get(0).value()).isEqualTo(new byte[] {1, 2, 3});
        }
    }

    @Test
    void leavesTheStateAsItWasBeforeItDiverged() throws Exception {
        try (var harness = harness(stageOf(new io.riffle.sim.modules.LIF(1)), 1, 0)) {
            harness.open();
            harness.processElement(TestingNetworks.admitted(new Chunk("arm", 0, 2, 1, new float[] {3, 3})), 0);
            OperatorSubtaskState before = harness.snapshot(1, 1);
            float[] huge = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
            harness.processElement(TestingNetworks.admitted(new Chunk("arm", 2, 3, 1, huge)), 0);
            assertThat(TestingNetworks.rejected(harness))
                    .extracting(Rejected::message)
                    .singleElement()
                    .asString()
                    .matches(
                            "module LIF: value 0 of state \\w+ became (Infinity|NaN) in steps 2 to 4 of stream 'arm', .*");
            assertThat(restoredValues(harness.snapshot(2, 2))).isEqualTo(restoredValues(before));
        }
    }

    private static float[] restoredValues(OperatorSubtaskState snapshot) throws Exception {
        StreamState[] found = new StreamState[1];
        try (var harness = harness(stageOf(new io.riffle.sim.modules.LIF(1)), 1, 0)) {
            harness.setup();
            harness.initializeState(snapshot);
            harness.open();
            var backend = ((EvolveModule) harness.getOperator()).<String>getKeyedStateBackend();
            backend.setCurrentKey("arm");
            var descriptor = ModuleStates.descriptor(new io.riffle.sim.modules.LIF(1).stateLayout(""));
            found[0] = backend.getPartitionedState(
                            org.apache.flink.runtime.state.VoidNamespace.INSTANCE,
                            org.apache.flink.runtime.state.VoidNamespaceSerializer.INSTANCE,
                            descriptor)
                    .value();
        }
        return found[0].values;
    }

    @Test
    void continuesFromASnapshotWithTheSameBits() throws Exception {
        OperatorSubtaskState snapshot = snapshotAfter(25);
        try (var harness = harness(1, 0)) {
            harness.setup();
            harness.initializeState(snapshot);
            harness.open();
            for (Chunk chunk : interleaved(25, STEPS)) {
                harness.processElement(TestingNetworks.admitted(chunk), 0);
            }
            for (String stream : STREAMS) {
                assertThat(outputOf(harness, stream)).isEqualTo(expected(stream, 25, STEPS));
            }
        }
    }

    @Test
    void continuesOnTwoWorkersWithTheSameBits() throws Exception {
        OperatorSubtaskState snapshot = snapshotAfter(25);
        int streamsSeen = 0;
        for (int worker = 0; worker < 2; worker++) {
            OperatorSubtaskState part =
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(snapshot, MAX_PARALLELISM, 1, 2, worker);
            try (var harness = harness(2, worker)) {
                harness.setup();
                harness.initializeState(part);
                harness.open();
                for (Chunk chunk : interleaved(25, STEPS)) {
                    if (workerOf(chunk.stream()) == worker) {
                        harness.processElement(TestingNetworks.admitted(chunk), 0);
                    }
                }
                for (String stream : STREAMS) {
                    if (workerOf(stream) == worker) {
                        streamsSeen++;
                        assertThat(outputOf(harness, stream)).isEqualTo(expected(stream, 25, STEPS));
                    }
                }
            }
        }
        assertThat(streamsSeen).isEqualTo(STREAMS.size());
    }

    private static int workerOf(String stream) {
        return org.apache.flink.runtime.state.KeyGroupRangeAssignment.assignKeyToParallelOperator(
                stream, MAX_PARALLELISM, 2);
    }

    @Test
    void restoresAnOldSnapshotForEver() throws Exception {
        OperatorSubtaskState old = OperatorSnapshotUtil.readStateHandle(GOLDEN.toString());
        try (var harness = harness(stageOf(TestingNetworks.exactLif()), 1, 0)) {
            harness.setup();
            harness.initializeState(old);
            harness.open();
            for (Chunk chunk : interleaved(25, STEPS)) {
                harness.processElement(TestingNetworks.admitted(chunk), 0);
            }
            for (String stream : STREAMS) {
                Tensor whole = evolve(TestingNetworks.exactLif(), stream, Recorder.NONE);
                assertThat(whole.toArray()).contains(1f);
                assertThat(outputOf(harness, stream))
                        .isEqualTo(whole.steps(25, STEPS).toArray());
            }
        }
    }

    /** Writes the golden file anew: only for a new version of the state's form, beside the old file. */
    public static void main(String[] arguments) throws Exception {
        OperatorSubtaskState snapshot = new EvolveModuleTest().snapshotAfter(25, TestingNetworks.exactLif());
        OperatorSnapshotUtil.writeStateHandle(snapshot, GOLDEN.toString());
    }

    @Test
    void refusesAStateOfOtherNamesAndShapes() throws Exception {
        OperatorSubtaskState snapshot = snapshotAfter(25);
        ModuleStage other = NetworkPlan.of(new io.riffle.sim.modules.LIF(4), OptionalDouble.empty(), List.of(), SEED)
                .stages()
                .get(0);
        try (var harness = harness(other, 1, 0)) {
            harness.setup();
            harness.initializeState(snapshot);
            assertThatThrownBy(harness::open)
                    .hasRootCauseMessage("the stored state is [vmem (8,), isyn (8, 1), spikes (8,)],"
                            + " but the network has [vmem (4,), isyn (4, 1), spikes (4,)]");
        }
    }

    @Test
    void recordsWhatWasAskedForAndNothingElse() throws Exception {
        ModuleStage stage = NetworkPlan.of(TestingNetworks.lif(), OptionalDouble.empty(), List.of("isyn"), SEED)
                .stages()
                .get(0);
        try (var harness = harness(stage, 1, 0)) {
            harness.open();
            for (Chunk chunk : TestingNetworks.chunks("arm-1", inputs.get("arm-1"), 7)) {
                harness.processElement(TestingNetworks.admitted(chunk), 0);
            }
            List<Chunk> recorded = new ArrayList<>();
            for (StreamRecord<RecordedChunk> record : harness.getSideOutput(StreamingNetwork.RECORDED)) {
                assertThat(record.getValue().path()).isEqualTo("isyn");
                recorded.add(record.getValue().chunk());
            }
            Recorder all = Recorder.all();
            evolve("arm-1", all);
            assertThat(join(recorded)).isEqualTo(all.tree().tensor("isyn").toArray());
        }
    }

    private OperatorSubtaskState snapshotAfter(int steps) throws Exception {
        return snapshotAfter(steps, TestingNetworks.lif());
    }

    private OperatorSubtaskState snapshotAfter(int steps, Module module) throws Exception {
        try (var harness = harness(stageOf(module), 1, 0)) {
            harness.open();
            for (Chunk chunk : interleaved(0, steps)) {
                harness.processElement(TestingNetworks.admitted(chunk), 0);
            }
            return harness.snapshot(1, 1);
        }
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Admitted, Admitted> harness(int parallelism, int worker)
            throws Exception {
        return harness(stageOf(TestingNetworks.lif()), parallelism, worker);
    }

    private static ModuleStage stageOf(Module module) {
        return NetworkPlan.of(module, OptionalDouble.of(0.001), List.of(), SEED)
                .stages()
                .get(0);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Admitted, Admitted> harness(
            ModuleStage stage, int parallelism, int worker) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new EvolveModule(stage, SEED, Batching.OFF),
                Admitted::stream,
                Types.STRING,
                MAX_PARALLELISM,
                parallelism,
                worker);
    }

    /** The chunks of all streams, each cut differently, in turns. */
    private List<Chunk> interleaved(int from, int to) {
        List<List<Chunk>> each = new ArrayList<>();
        for (String stream : STREAMS) {
            int[] lengths = {1 + each.size(), 5, 2};
            List<Chunk> chunks = new ArrayList<>();
            for (Chunk chunk : TestingNetworks.chunks(stream, inputs.get(stream).steps(from, to), lengths)) {
                chunks.add(
                        new Chunk(stream, from + chunk.firstStep(), chunk.steps(), chunk.channels(), chunk.values()));
            }
            each.add(chunks);
        }
        List<Chunk> mixed = new ArrayList<>();
        for (int turn = 0; turn < to - from; turn++) {
            for (List<Chunk> chunks : each) {
                if (turn < chunks.size()) {
                    mixed.add(chunks.get(turn));
                }
            }
        }
        return mixed;
    }

    private float[] expected(String stream, int from, int to) {
        return evolve(stream, Recorder.NONE).steps(from, to).toArray();
    }

    private Tensor evolve(String stream, Recorder recorder) {
        return evolve(TestingNetworks.lif(), stream, recorder);
    }

    private Tensor evolve(Module module, String stream, Recorder recorder) {
        float[] values = module.newState(1).valuesWithoutCopy();
        return module.advance(inputs.get(stream), ModuleState.of(module, "", values, SEED, stream, 0), recorder);
    }

    private static float[] outputOf(
            KeyedOneInputStreamOperatorTestHarness<String, Admitted, Admitted> harness, String stream) {
        return join(harness.extractOutputValues().stream()
                .map(Admitted::chunk)
                .filter(chunk -> chunk.stream().equals(stream))
                .toList());
    }

    private static float[] join(List<Chunk> chunks) {
        float[] joined = new float
                [chunks.stream().mapToInt(chunk -> chunk.values().length).sum()];
        int at = 0;
        for (Chunk chunk : chunks) {
            System.arraycopy(chunk.values(), 0, joined, at, chunk.values().length);
            at += chunk.values().length;
        }
        return joined;
    }
}
