package io.riffle.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.operators.elements.Admitted;
import io.riffle.schemas.Chunk;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.combinators.Residual;
import io.riffle.sim.modules.Linear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks of several streams that are evolved together, against the same chunks one by one. */
class BatchingTest {
    private static final int MAX_PARALLELISM = 128;
    private static final long SEED = 7;
    private static final int CHANNELS = 8;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void givesWhatOneByOneGives(long seed) throws Exception {
        List<Admitted> records = records(seed, 600);
        ByStream alone = run(stage(TestingNetworks.lif(), "isyn", "spikes"), Batching.OFF, records);
        ByStream together = run(stage(TestingNetworks.lif(), "isyn", "spikes"), Batching.ON, records);
        assertThat(together).isEqualTo(alone);
        assertThat(together.streams).as("streams with a state").isEqualTo(alone.streams);
        assertThat(alone.outputs.size()).as("streams with an output").isGreaterThan(5);
        assertThat(alone.rejected.toString()).contains("expected finite values").contains("is quarantined");
    }

    /** Restored in the middle, on one worker and on two. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void givesTheSameBehindACheckpoint(int workers) throws Exception {
        List<Admitted> records = records(8, 400);
        ModuleStage stage = stage(noisy());
        ByStream whole = run(stage, Batching.OFF, records);

        ByStream parts = new ByStream();
        OperatorSubtaskState snapshot;
        try (var harness = harness(stage, Batching.ON, 1, 0)) {
            harness.open();
            for (Admitted record : records.subList(0, 200)) {
                harness.processElement(record, 0);
            }
            harness.getOperator().prepareSnapshotPreBarrier(1); // as before any barrier: nothing may be on its way
            snapshot = harness.snapshot(1, 1);
            parts.take(harness);
        }
        for (int worker = 0; worker < workers; worker++) {
            var part = AbstractStreamOperatorTestHarness.repartitionOperatorState(
                    snapshot, MAX_PARALLELISM, 1, workers, worker);
            try (var harness = harness(stage, Batching.ON, workers, worker)) {
                harness.setup();
                harness.initializeState(part);
                harness.open();
                for (Admitted record : records.subList(200, 400)) {
                    if (workerOf(record.stream(), workers) == worker) {
                        harness.processElement(record, 0);
                    }
                }
                harness.endInput();
                parts.take(harness);
            }
        }
        assertThat(parts).isEqualTo(whole);
    }

    @Test
    void aModuleThatFailsAtOneStreamFailsAtNoOther() throws Exception {
        List<Admitted> records = new ArrayList<>();
        for (int step = 0; step < 3; step++) {
            for (String stream : List.of("a", "bad", "b")) {
                float value = stream.equals("bad") && step == 1 ? 13 : step;
                records.add(TestingNetworks.admitted(new Chunk(stream, step, 1, 1, new float[] {value})));
            }
        }
        ModuleStage stage = new ModuleStage("Superstitious", "", "", List.of(), "");
        ByStream alone = new ByStream();
        ByStream together = new ByStream();
        evolve(stage, 1, records, alone);
        evolve(stage, 3, records, together);
        assertThat(together).isEqualTo(alone);
        assertThat(alone.outputs.get("a")).hasSize(3);
        assertThat(alone.outputs.get("bad")).hasSize(1);
        assertThat(alone.rejected.get("bad"))
                .containsExactly("module Superstitious failed at steps 1 to 1 of stream 'bad':"
                        + " io.riffle.sim.RiffleException: 13 of all numbers; the stream is quarantined");
    }

    private static void evolve(ModuleStage stage, int together, List<Admitted> records, ByStream result) {
        Evolver evolver = new Evolver(stage, new Superstitious(), SEED, together);
        Map<String, StreamState> states = new HashMap<>();
        Bundle bundle = new Bundle(together, 1);
        for (Admitted record : records) {
            bundle.add(new StreamRecord<>(record, 0));
            if (bundle.isFull()) {
                for (Turn turn : bundle.turns()) {
                    StreamState state =
                            states.computeIfAbsent(turn.admitted.stream(), stream -> new StreamState(0, new float[0]));
                    turn.state = state.quarantined ? null : state;
                }
                evolver.evolve(bundle.turns());
                for (Turn turn : bundle.turns()) {
                    String stream = turn.admitted.stream();
                    if (turn.output != null) {
                        result.outputs
                                .computeIfAbsent(stream, any -> new ArrayList<>())
                                .add(turn.output.chunk());
                    }
                    if (turn.reason != null) {
                        result.rejected
                                .computeIfAbsent(stream, any -> new ArrayList<>())
                                .add(turn.message);
                    }
                }
                bundle.clear();
            }
        }
    }

    @Test
    void waitsOnlyWhileOtherRecordsDo() throws Exception {
        try (var harness = harness(stage(noisy()), Batching.ON, 1, 0)) {
            harness.open();
            for (String stream : List.of("a", "b", "c")) {
                harness.processElement(chunk(stream, 0, 2), 0);
            }
            assertThat(harness.extractOutputValues()).isEmpty();
            readMails(harness);
            assertThat(harness.extractOutputValues())
                    .extracting(Admitted::stream)
                    .containsExactly("a", "b", "c");
        }
    }

    @Test
    void goesOnBeforeAWatermarkAStreamsNextChunkAndTheEnd() throws Exception {
        try (var harness = harness(stage(noisy()), Batching.ON, 1, 0)) {
            harness.open();
            harness.processElement(chunk("a", 0, 2), 5);
            harness.processWatermark(new Watermark(6));
            assertThat(harness.getOutput()).hasSize(2).last().isEqualTo(new Watermark(6));
            harness.processElement(chunk("a", 2, 2), 7);
            harness.processElement(chunk("b", 0, 2), 8);
            harness.processElement(chunk("a", 4, 2), 9);
            assertThat(harness.extractOutputStreamRecords())
                    .extracting(StreamRecord::getTimestamp)
                    .containsExactly(5L, 7L, 8L);
            harness.endInput();
            assertThat(harness.extractOutputStreamRecords())
                    .extracting(StreamRecord::getTimestamp)
                    .containsExactly(5L, 7L, 8L, 9L);
        }
    }

    @Test
    void isForModulesOfManyWeightsUnlessSaidOtherwise() {
        assertThat(Batching.AUTO.mostChunks(new Linear(16, 128))).isEqualTo(1);
        assertThat(Batching.AUTO.mostChunks(new Linear(1024, 1024))).isEqualTo(Batching.MOST_CHUNKS);
        assertThat(Batching.ON.mostChunks(new Linear(1, 1))).isEqualTo(Batching.MOST_CHUNKS);
        assertThat(Batching.OFF.mostChunks(new Linear(1024, 1024))).isEqualTo(1);
    }

    @Test
    void holdsNoMoreThanABundle() throws Exception {
        try (var harness = harness(stage(noisy()), Batching.ON, 1, 0)) {
            harness.open();
            for (int stream = 0; stream < 3 * Batching.MOST_CHUNKS; stream++) {
                harness.processElement(chunk("stream-" + stream, 0, 1), 0);
                assertThat(stream + 1 - harness.extractOutputValues().size()).isLessThan(Batching.MOST_CHUNKS);
            }
        }
    }

    /** Two layers in parallel, one with noise of its own. */
    private static Module noisy() {
        return new Residual(TestingNetworks.lif(), TestingNetworks.exactLif());
    }

    private static ModuleStage stage(Module module, String... records) {
        return NetworkPlan.of(module, OptionalDouble.of(0.001), List.of(records), SEED)
                .stages()
                .get(0);
    }

    private static Admitted chunk(String stream, long firstStep, int steps) {
        float[] values = TestingNetworks.input(steps, CHANNELS, firstStep + stream.hashCode())
                .toArray();
        return TestingNetworks.admitted(new Chunk(stream, firstStep, steps, CHANNELS, values));
    }

    /** Of ten streams in any order: chunks of one to three steps, signs of life, new runs, the end, and what diverges. */
    private static List<Admitted> records(long seed, int count) {
        Random random = new Random(seed);
        Map<String, Long> next = new HashMap<>();
        List<Admitted> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String stream = "stream-" + random.nextInt(10);
            long firstStep = next.getOrDefault(stream, 0L);
            int kind = random.nextInt(40);
            int steps = kind == 0 || kind == 1 ? 0 : 1 + random.nextInt(3);
            Admitted sent = chunk(stream, firstStep, steps);
            if (kind == 1) {
                records.add(new Admitted(sent.chunk(), i, Admitted.Kind.FORGET, false, sent.record()));
                next.put(stream, 0L);
                continue;
            }
            Chunk chunk = sent.chunk();
            boolean fresh = kind == 2;
            if (kind == 3) {
                float[] huge = new float[chunk.values().length];
                Arrays.fill(huge, Float.MAX_VALUE);
                chunk = chunk.withValues(CHANNELS, huge);
            }
            Admitted.Kind as = kind == 4 ? Admitted.Kind.FILLED : Admitted.Kind.SENT;
            records.add(new Admitted(chunk, i, as, fresh, sent.record()));
            next.put(stream, chunk.endStep());
        }
        return records;
    }

    private static ByStream run(ModuleStage stage, Batching batching, List<Admitted> records) throws Exception {
        Random random = new Random(1);
        try (var harness = harness(stage, batching, 1, 0)) {
            harness.open();
            for (Admitted record : records) {
                harness.processElement(record, 0);
                if (random.nextInt(8) == 0) {
                    readMails(harness);
                }
            }
            harness.endInput();
            ByStream result = new ByStream();
            result.take(harness);
            return result;
        }
    }

    /** As Flink does when no record waits: all mails, and those that they send. */
    private static void readMails(AbstractStreamOperatorTestHarness<?> harness) throws Exception {
        for (var mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
                mail.isPresent();
                mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY)) {
            mail.get().run();
        }
    }

    private static int workerOf(String stream, int workers) {
        return org.apache.flink.runtime.state.KeyGroupRangeAssignment.assignKeyToParallelOperator(
                stream, MAX_PARALLELISM, workers);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Admitted, Admitted> harness(
            ModuleStage stage, Batching batching, int parallelism, int worker) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new EvolveModule(stage, SEED, batching),
                Admitted::stream,
                Types.STRING,
                MAX_PARALLELISM,
                parallelism,
                worker);
    }

    /** A module that fails at a number. */
    private static final class Superstitious extends Module {
        private Superstitious() {
            super(Shape.of(1));
        }

        @Override
        public Tensor evolve(Tensor input, ModuleState state, Recorder recorder) {
            for (float value : input.arrayWithoutCopy()) {
                if (value == 13) {
                    throw new RiffleException("13 of all numbers");
                }
            }
            return input;
        }
    }
}
