package io.riffle.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.operators.elements.Admitted;
import io.riffle.operators.elements.Arrival;
import io.riffle.operators.elements.RawRecord;
import io.riffle.operators.sequence.GapPolicy;
import io.riffle.operators.sequence.Horizon;
import io.riffle.operators.sequence.SequenceSettings;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkEncoder;
import io.riffle.schemas.Notice;
import io.riffle.schemas.NoticeFormat;
import io.riffle.schemas.NoticeKind;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Rejected;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Flink adds to the sequencer: stored state, records, timers. */
class SequenceChunksTest {
    private static final double DT = 0.001;
    private static final Path GOLDEN = Path.of("src/test/resources/golden/sequence-state-v1");

    private KeyedOneInputStreamOperatorTestHarness<String, Arrival, Admitted> harness;
    private long offset;

    @BeforeEach
    void open() throws Exception {
        harness = harness(SequenceSettings.DEFAULT);
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void keepsEachStreamsPlace() throws Exception {
        arrive("a", 0, 10);
        arrive("b", 0, 3);
        arrive("a", 10, 1);
        arrive("b", 3, 4);
        assertThat(admitted()).containsExactly("a 0..10", "b 0..3", "a 10..11", "b 3..7");
        assertThat(TestingNetworks.rejected(harness)).isEmpty();
    }

    @Test
    void keepsWhatWaitsInASnapshot() throws Exception {
        arrive("a", 0, 10);
        arrive("a", 15, 5);
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = harness(SequenceSettings.DEFAULT);
        harness.setup();
        harness.initializeState(snapshot);
        harness.open();
        arrive("a", 10, 5);
        assertThat(admitted()).containsExactly("a 10..15", "a 15..20");
        assertThat(harness.numKeyedStateEntries()).isEqualTo(1); // the place; nothing waits any more
    }

    @Test
    void restoresAnOldSnapshotForEver() throws Exception {
        harness.close();
        harness = harness(settings(GapPolicy.HOLD, Optional.empty(), Optional.empty()));
        harness.setup();
        harness.initializeState(OperatorSnapshotUtil.readStateHandle(GOLDEN.toString()));
        harness.open();
        arrive("anew", 0, 4); // of run 0, which is over
        arrive("holding", 100, 100);
        arrive("waiting", 10, 5);
        assertThat(admitted())
                .containsExactly("holding 10..100", "holding 100..200", "waiting 10..15", "waiting 15..20");
        assertThat(harness.extractOutputValues().get(0).chunk().values()).containsOnly(9);
        assertThat(TestingNetworks.rejected(harness))
                .extracting(Rejected::message)
                .containsExactly("stream 'anew' sent run 0, but it is in run 3; expected every chunk to carry its run");
    }

    /** Writes the golden file anew: only for a new version of the state's form, beside the old file. */
    public static void main(String[] arguments) throws Exception {
        SequenceChunksTest test = new SequenceChunksTest();
        test.harness = harness(settings(GapPolicy.HOLD, Optional.empty(), Optional.empty()));
        test.harness.open();
        test.arrive("waiting", 0, 10);
        test.arrive("waiting", 15, 5);
        test.arrive("holding", 0, 10);
        test.arrive(new Chunk("anew", 0, 4, 1, new float[4]));
        test.arrive(new Chunk("anew", 3, 0, 4, 1, new float[4]));
        OperatorSnapshotUtil.writeStateHandle(test.harness.snapshot(1, 1), GOLDEN.toString());
        test.harness.close();
    }

    @Test
    void rejectsARecordWithItsOwnBytesAndPlace() throws Exception {
        arrive("a", 0, 10);
        byte[] bytes = arrive("a", 0, 10);
        assertThat(TestingNetworks.rejected(harness))
                .containsExactly(new Rejected(
                        "sensors",
                        3,
                        1,
                        "a",
                        RejectReason.DUPLICATE,
                        "stream 'a' sent steps 0 to 9, expected step 10 next; they were taken already",
                        bytes));
        assertThat(harness.getSideOutput(StreamingNetwork.REJECTED)
                        .peek()
                        .getValue()
                        .timestamp())
                .isEqualTo(4711);
    }

    @Test
    void rejectsWhatWaitedWithItsOwnBytes() throws Exception {
        restart(settings(GapPolicy.REJECT, Optional.empty(), Optional.empty()));
        arrive("a", 0, 10);
        byte[] waited = arrive("a", 15, 5);
        arrive("a", 20, 100);
        assertThat(TestingNetworks.rejected(harness).get(0).value()).isEqualTo(waited);
    }

    @Test
    void leavesANoticeOfAFilledGap() throws Exception {
        restart(settings(GapPolicy.ZEROS, Optional.empty(), Optional.empty()));
        arrive("a", 0, 10);
        arrive("a", 20, 100);
        assertThat(admitted()).containsExactly("a 0..10", "a 10..20", "a 20..120");
        assertThat(notices())
                .containsExactly(new Notice(
                        "a",
                        NoticeKind.GAP_ZEROS,
                        0,
                        10,
                        10,
                        "sensors",
                        3,
                        1,
                        "stream 'a' lacks steps 10 to 19: filled with zeros"));
    }

    @Test
    void givesUpAGapAfterATimeByTheClockIfAsked() throws Exception {
        restart(settings(GapPolicy.ZEROS, Optional.of(Duration.ofSeconds(2)), Optional.empty()));
        harness.setProcessingTime(10_000);
        arrive("a", 0, 10);
        arrive("a", 20, 5);
        harness.setProcessingTime(11_999);
        assertThat(admitted()).containsExactly("a 0..10");
        harness.setProcessingTime(12_000);
        assertThat(admitted()).containsExactly("a 0..10", "a 10..20", "a 20..25");
    }

    @Test
    void removesAStreamThatSendsNothingAnyMore() throws Exception {
        restart(settings(GapPolicy.WAIT, Optional.empty(), Optional.of(Duration.ofSeconds(1))));
        long now = System.currentTimeMillis();
        harness.setProcessingTime(now);
        arrive("a", 0, 10);
        arrive("b", 0, 10);
        harness.setProcessingTime(now + 1900);
        arrive("b", 10, 10);
        harness.setProcessingTime(now + 3001);
        assertThat(harness.extractOutputValues())
                .filteredOn(admitted -> admitted.kind() == Admitted.Kind.FORGET)
                .extracting(Admitted::stream)
                .containsExactly("a");
        assertThat(notices()).extracting(Notice::kind).containsExactly(NoticeKind.FORGOTTEN);
        assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
        harness.setProcessingTime(now + 6000);
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numProcessingTimeTimers()).isZero();
    }

    @Test
    void keepsNothingOfAStreamThatOnlyGaveASignOfLife() throws Exception {
        arrive("a", 7, 0);
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(admitted()).isEmpty();
    }

    private void restart(SequenceSettings settings) throws Exception {
        harness.close();
        harness = harness(settings);
        harness.open();
    }

    private static SequenceSettings settings(
            GapPolicy gap, Optional<Duration> gapTimeout, Optional<Duration> timeToLive) {
        return SequenceSettings.of(gap, Horizon.ofSteps(100), 1000, gapTimeout, timeToLive);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Arrival, Admitted> harness(SequenceSettings settings)
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new StreamOperator<>(new SequenceChunks(settings, DT)), Arrival::stream, Types.STRING);
    }

    private byte[] arrive(String stream, long firstStep, int steps) throws Exception {
        float[] values = new float[steps];
        for (int i = 0; i < steps; i++) {
            values[i] = firstStep + i;
        }
        return arrive(new Chunk(stream, firstStep, steps, 1, values));
    }

    private byte[] arrive(Chunk chunk) throws Exception {
        byte[] value = new ChunkEncoder(DT).encode(chunk);
        byte[] key = chunk.stream().getBytes(StandardCharsets.UTF_8);
        RawRecord record = new RawRecord("sensors", 3, offset++, 4711, key, value);
        harness.processElement(new Arrival(chunk, record), 0);
        return value;
    }

    private List<String> admitted() {
        return harness.extractOutputValues().stream()
                .map(Admitted::chunk)
                .map(chunk -> "%s %d..%d".formatted(chunk.stream(), chunk.firstStep(), chunk.endStep()))
                .toList();
    }

    private List<Notice> notices() {
        return harness.getSideOutput(StreamingNetwork.NOTICES).stream()
                .map(record -> NoticeFormat.decode(record.getValue().value()))
                .toList();
    }
}
