package io.riffle.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.operators.elements.Arrival;
import io.riffle.operators.elements.RawRecord;
import io.riffle.operators.raster.RasterOutlet;
import io.riffle.operators.raster.RasterRule;
import io.riffle.operators.raster.RasterSettings;
import io.riffle.operators.raster.RasterState;
import io.riffle.operators.raster.Rasteriser;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkEncoder;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Rejected;
import io.riffle.schemas.Samples;
import io.riffle.schemas.SamplesEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;

/** What Flink adds to the rasteriser: stored state, records, timers. */
class RasteriseSamplesTest {
    private static final double DT = 0.001;
    private static final long STEP = 1_000_000;
    private static final long START = 1_763_700_000L * 1_000_000_000;
    private static final RasterSettings MEAN = new RasterSettings(RasterRule.MEAN, 20, 1000, 0);
    private static final List<String> STREAMS = List.of("a", "b", "c");
    private static final Path GOLDEN = Path.of("src/test/resources/golden/raster-state-v1");

    private long offset;

    @Test
    void makesTheStepsOfTheRasteriserWhateverIsStoredInBetween() throws Exception {
        var harness = harness(MEAN, 2, DT);
        harness.open();
        List<Arrival> arrived = new ArrayList<>();
        for (int record = 0; record < 60; record++) {
            for (String stream : STREAMS) {
                harness.processElement(arrival(samples(stream, record)), 0);
            }
            if (record % 20 == 19) {
                OperatorSubtaskState snapshot = harness.snapshot(record, record);
                arrived.addAll(harness.extractOutputValues());
                harness.close();
                harness = harness(MEAN, 2, DT);
                harness.setup();
                harness.initializeState(snapshot);
                harness.open();
            }
        }
        arrived.addAll(harness.extractOutputValues());
        harness.close();
        for (String stream : STREAMS) {
            assertThat(chunks(arrived, stream))
                    .isEqualTo(rasterised(stream, 60))
                    .isNotEmpty();
        }
    }

    @Test
    void stepsHaveThePlaceOfTheirRecordAndTheirOwnTime() throws Exception {
        try (var harness = harness(new RasterSettings(RasterRule.LAST, 0, 1000, 0), 1, DT)) {
            harness.open();
            Samples samples = new Samples("a", 0, 1, new long[] {START, START + 3 * STEP}, new float[] {1, 2});
            Arrival arrival = arrival(samples);
            harness.processElement(arrival, 0);
            RawRecord record = arrival.record();
            assertThat(harness.extractOutputValues()).singleElement().satisfies(made -> {
                assertThat(made.chunk()).isEqualTo(new Chunk("a", START / STEP, 3, 1, new float[] {1, 1, 1}));
                assertThat(made.derived()).isTrue();
                assertThat(made.record())
                        .usingRecursiveComparison()
                        .isEqualTo(new RawRecord(
                                record.topic(), 3, record.offset(), START / STEP, record.key(), record.value()));
            });
        }
    }

    @Test
    void stepsOfAClockThatIsWrongHaveTheTimeOfTheirRecord() throws Exception {
        try (var harness = harness(new RasterSettings(RasterRule.LAST, 0, 1000, 0), 1, DT)) {
            harness.open();
            Samples samples = new Samples("a", 0, 1, new long[] {START, START + STEP}, new float[2]);
            harness.processElement(arrival(samples, 4711), 0);
            assertThat(harness.extractOutputValues())
                    .extracting(made -> made.record().timestamp())
                    .containsExactly(4711L);
        }
    }

    @Test
    void chunksPassUnchanged() throws Exception {
        try (var harness = harness(MEAN, 2, DT)) {
            harness.open();
            Chunk chunk = new Chunk("a", 5, 1, 2, new float[2]);
            RawRecord record =
                    new RawRecord("sensors", 3, 7, 4711, new byte[] {'a'}, new ChunkEncoder(DT).encode(chunk));
            harness.processElement(new Arrival(chunk, record), 0);
            assertThat(harness.extractOutputValues())
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(new Arrival(chunk, record));
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void whatIsLeftOutIsRejectedWithItsRecord() throws Exception {
        try (var harness = harness(new RasterSettings(RasterRule.LAST, 0, 1000, 0), 1, DT)) {
            harness.open();
            harness.processElement(arrival(new Samples("a", 0, 1, new long[] {START + 5 * STEP}, new float[1])), 0);
            Arrival late = arrival(
                    new Samples("a", 0, 1, new long[] {START, START + 5 * STEP, START + 6 * STEP}, new float[3]));
            harness.processElement(late, 0);
            assertThat(harness.extractOutputValues()).hasSize(1); // what is not late was taken
            assertThat(TestingNetworks.rejected(harness))
                    .containsExactly(new Rejected(
                            "sensors",
                            3,
                            1,
                            "a",
                            RejectReason.STALE,
                            "stream 'a' sent 3 samples; 1 of them, before 2025-11-21T04:40:00.005Z, come too late and"
                                    + " are left out; expected at most 0 ms behind the latest (a wrong clock: a new run,"
                                    + " riffle.run above 0)",
                            late.record().value()));
        }
    }

    @Test
    void removesAStreamThatSendsNothingAnyMoreAfterItsLastSteps() throws Exception {
        try (var harness = harness(new RasterSettings(RasterRule.LAST, 20, 1000, 1000), 1, DT)) {
            harness.open();
            long now = System.currentTimeMillis() / 1000 * 1000 + 5000;
            harness.setProcessingTime(now);
            harness.processElement(arrival(new Samples("a", 0, 1, new long[] {START}, new float[] {7})), 0);
            assertThat(harness.extractOutputValues()).isEmpty();
            harness.setProcessingTime(now + 1998);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
            harness.setProcessingTime(now + 1999);
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numProcessingTimeTimers()).isZero();
            assertThat(harness.extractOutputValues())
                    .extracting(Arrival::chunk)
                    .containsExactly(new Chunk("a", START / STEP, 1, 1, new float[] {7}));
        }
    }

    @Test
    void readsTheFirstVersionOfItsStateForEver() throws Exception {
        try (var harness = harness(MEAN, 2, DT)) {
            harness.setup();
            harness.initializeState(OperatorSnapshotUtil.readStateHandle(GOLDEN.toString()));
            harness.open();
            for (int record = 25; record < 60; record++) {
                for (String stream : STREAMS) {
                    harness.processElement(arrival(samples(stream, record)), 0);
                }
            }
            for (String stream : STREAMS) {
                List<Chunk> whole = rasterised(stream, 60);
                List<Chunk> before = rasterised(stream, 25);
                assertThat(chunks(harness.extractOutputValues(), stream))
                        .isEqualTo(whole.subList(before.size(), whole.size()))
                        .isNotEmpty();
            }
        }
    }

    /** Writes the golden state; only for a new version of its form. */
    public static void main(String[] arguments) throws Exception {
        RasteriseSamplesTest test = new RasteriseSamplesTest();
        OperatorSnapshotUtil.writeStateHandle(test.snapshotAfter(25), GOLDEN.toString());
    }

    @Test
    void refusesAStateOfOtherChannelsOrSteps() throws Exception {
        OperatorSubtaskState snapshot = snapshotAfter(25);
        try (var harness = harness(MEAN, 3, 0.002)) {
            harness.setup();
            harness.initializeState(snapshot);
            assertThatThrownBy(harness::open)
                    .hasRootCauseMessage("the stored samples have 2 channels in steps of 1000000 ns, but the network"
                            + " takes 3 channels in steps of 2000000 ns");
        }
    }

    private OperatorSubtaskState snapshotAfter(int records) throws Exception {
        try (var harness = harness(MEAN, 2, DT)) {
            harness.open();
            for (int record = 0; record < records; record++) {
                for (String stream : STREAMS) {
                    harness.processElement(arrival(samples(stream, record)), 0);
                }
            }
            return harness.snapshot(1, 1);
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Arrival, Arrival> harness(
            RasterSettings settings, int channels, double dt) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new StreamOperator<>(new RasteriseSamples(settings, channels, dt)), Arrival::stream, Types.STRING);
    }

    private Arrival arrival(Samples samples) {
        return arrival(samples, START / STEP + 60_000);
    }

    private Arrival arrival(Samples samples, long timestamp) {
        byte[] key = samples.stream().getBytes(StandardCharsets.UTF_8);
        RawRecord record = new RawRecord("sensors", 3, offset++, timestamp, key, SamplesEncoder.encode(samples));
        return new Arrival(samples, record);
    }

    /** Five samples of eighths within 10 ms, in any order. */
    private static Samples samples(String stream, int record) {
        Random random = new Random(stream.hashCode() + 31L * record);
        long[] times = new long[5];
        float[] values = new float[10];
        for (int row = 0; row < times.length; row++) {
            times[row] = START + record * 5 * STEP + random.nextInt((int) (10 * STEP));
            values[2 * row] = random.nextInt(100) / 8f;
            values[2 * row + 1] = -values[2 * row];
        }
        return new Samples(stream, 0, 2, times, values);
    }

    /** What the rasteriser makes of the records alone. */
    private static List<Chunk> rasterised(String stream, int records) {
        List<Chunk> chunks = new ArrayList<>();
        Rasteriser rasteriser = new Rasteriser(MEAN, DT);
        RasterState state = RasterState.unknown(2);
        for (int record = 0; record < records; record++) {
            rasteriser.arrive(samples(stream, record), 4711, state, new RasterOutlet() {
                @Override
                public void emit(Chunk chunk) {
                    chunks.add(chunk);
                }

                @Override
                public void refuse(RejectReason reason, String message) {
                    throw new AssertionError(message);
                }
            });
        }
        return chunks;
    }

    private static List<Chunk> chunks(List<Arrival> arrivals, String stream) {
        return arrivals.stream()
                .map(Arrival::chunk)
                .filter(chunk -> chunk.stream().equals(stream))
                .toList();
    }
}
