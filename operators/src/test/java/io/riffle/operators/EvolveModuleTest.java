package io.riffle.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.schemas.Chunk;
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
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
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
                harness.processElement(chunk, chunk.firstStep());
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
            harness.processElement(
                    TestingNetworks.chunks("arm-1", inputs.get("arm-1"), 10).get(0), 4711);
            assertThat(harness.extractOutputStreamRecords())
                    .singleElement()
                    .satisfies(record -> assertThat(record.getTimestamp()).isEqualTo(4711));
        }
    }

    @Test
    void continuesFromASnapshotWithTheSameBits() throws Exception {
        OperatorSubtaskState snapshot = snapshotAfter(25);
        try (var harness = harness(1, 0)) {
            harness.setup();
            harness.initializeState(snapshot);
            harness.open();
            for (Chunk chunk : interleaved(25, STEPS)) {
                harness.processElement(chunk, chunk.firstStep());
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
                        harness.processElement(chunk, chunk.firstStep());
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
                harness.processElement(chunk, chunk.firstStep());
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
                harness.processElement(chunk, chunk.firstStep());
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
                harness.processElement(chunk, chunk.firstStep());
            }
            return harness.snapshot(1, 1);
        }
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Chunk, Chunk> harness(int parallelism, int worker)
            throws Exception {
        return harness(stageOf(TestingNetworks.lif()), parallelism, worker);
    }

    private static ModuleStage stageOf(Module module) {
        return NetworkPlan.of(module, OptionalDouble.of(0.001), List.of(), SEED)
                .stages()
                .get(0);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Chunk, Chunk> harness(
            ModuleStage stage, int parallelism, int worker) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new EvolveModule(stage, SEED)),
                Chunk::stream,
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
            KeyedOneInputStreamOperatorTestHarness<String, Chunk, Chunk> harness, String stream) {
        return join(harness.extractOutputValues().stream()
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
