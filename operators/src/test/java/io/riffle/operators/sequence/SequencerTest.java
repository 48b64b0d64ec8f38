package io.riffle.operators.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.operators.elements.Admitted;
import io.riffle.operators.elements.Arrival;
import io.riffle.operators.elements.RawRecord;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.Notice;
import io.riffle.schemas.RejectReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SequencerTest {
    private static final double DT = 0.01;
    private static final int CHANNELS = 2;

    private Sequencer sequencer = new Sequencer(SequenceSettings.DEFAULT, DT);
    private SequenceState state = SequenceState.unknown();
    private final Room room = new Room();
    private final List<Admitted> admitted = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private long offset;

    @Test
    void letsStepsInOrderThrough() throws Exception {
        arrive(0, 10);
        arrive(10, 1);
        arrive(11, 4);
        assertThat(steps()).containsExactly("0..10", "10..11", "11..15");
        assertThat(rejected).isEmpty();
        assertThat(notices).isEmpty();
    }

    @Test
    void startsAStreamWithAStepThatLiesBehindTheHorizon() throws Exception {
        arrive(5000, 10);
        arrive(5010, 10);
        assertThat(steps()).containsExactly("5000..5010", "5010..5020");
        assertThat(notices).isEmpty();
    }

    @Test
    void waitsForTheBeginningOfAStreamAndStartsLateWithoutIt() throws Exception {
        arrive(20, 10);
        assertThat(steps()).isEmpty();
        arrive(30, 71);
        assertThat(steps()).containsExactly("20..30", "30..101");
        assertThat(notices)
                .containsExactly(
                        "late_start 0+20: stream 's' starts at step 20; steps 0 to 19 did not come within 100 steps");
    }

    @Test
    void letsAChunkThatCameEarlyWait() throws Exception {
        arrive(0, 10);
        arrive(20, 10);
        arrive(30, 5);
        assertThat(state.waitingChunks()).isEqualTo(2);
        arrive(10, 10);
        assertThat(steps()).containsExactly("0..10", "10..20", "20..30", "30..35");
        assertThat(state.waitingChunks()).isZero();
        assertThat(rejected).isEmpty();
    }

    @Test
    void rejectsWhatWasTakenAndWhatComesTooLate() throws Exception {
        arrive(1000, 10);
        arrive(1000, 10);
        arrive(990, 5);
        assertThat(steps()).containsExactly("1000..1010");
        assertThat(rejected)
                .containsExactly(
                        "1 duplicate: stream 's' sent steps 1000 to 1009, expected step 1010 next; they were taken already",
                        "2 stale: stream 's' sent steps 990 to 994, expected step 1010 next; they come too late");
    }

    @Test
    void cutsAnOverlapToWhatIsNewAndSaysSo() throws Exception {
        arrive(0, 10);
        arrive(4, 10);
        assertThat(steps()).containsExactly("0..10", "10..14");
        assertThat(values(1)).isEqualTo(values(10, 4));
        assertThat(admitted.get(1).timestamp()).isEqualTo(timestamp(10));
        assertThat(notices)
                .containsExactly(
                        "overlap 4+6: stream 's' sent steps 4 to 13, of which those before 10 were taken already");
    }

    @Test
    void waitsForEverAndRejectsWhatLiesBehindTheHorizon() throws Exception {
        arrive(0, 10);
        arrive(100, 10);
        arrive(105, 10);
        assertThat(rejected)
                .containsExactly(
                        "2 gap: stream 's' sent steps 105 to 114, expected step 10 next; the horizon is 100 steps");
        arrive(10, 90);
        assertThat(steps()).containsExactly("0..10", "10..100", "100..110");
    }

    @Test
    void fillsAGapWithZerosAndSaysWhich() throws Exception {
        use(GapPolicy.ZEROS, Horizon.ofSteps(10));
        arrive(0, 5);
        arrive(8, 4);
        arrive(12, 4);
        assertThat(steps()).containsExactly("0..5", "filled 5..8", "8..12", "12..16");
        assertThat(values(1)).containsOnly(0);
        assertThat(admitted.get(1).timestamp()).isEqualTo(timestamp(5));
        assertThat(notices).containsExactly("gap_zeros 5+3: stream 's' lacks steps 5 to 7: filled with zeros");
        arrive(5, 3);
        assertThat(rejected)
                .containsExactly("3 stale: stream 's' sent steps 5 to 7, expected step 16 next; they come too late");
    }

    @Test
    void holdsTheLastStepsValues() throws Exception {
        use(GapPolicy.HOLD, Horizon.ofSteps(0));
        arrive(0, 5);
        arrive(7, 1);
        assertThat(steps()).containsExactly("0..5", "filled 5..7", "7..8");
        float[] last = values(4, 1);
        assertThat(values(1)).containsExactly(last[0], last[1], last[0], last[1]);
        assertThat(notices)
                .containsExactly(
                        "gap_held 5+2: stream 's' lacks steps 5 to 6: filled with the values of the step before");
    }

    @Test
    void resetsTheStateBehindAGap() throws Exception {
        use(GapPolicy.RESET, Horizon.ofSteps(0));
        arrive(0, 5);
        arrive(7, 1);
        arrive(8, 1);
        assertThat(admitted).extracting(Admitted::fresh).containsExactly(false, true, false);
        assertThat(notices)
                .containsExactly("gap_reset 5+2: stream 's' lacks steps 5 to 6: left out, the state starts anew");
    }

    @Test
    void rejectsWhatWaitedAndGoesOnWhenTheMissingStepsCome() throws Exception {
        use(GapPolicy.REJECT, Horizon.ofSteps(10));
        arrive(0, 5);
        arrive(8, 4);
        arrive(12, 4);
        arrive(5, 3);
        assertThat(steps()).containsExactly("0..5", "5..8");
        assertThat(rejected).hasSize(2).allMatch(line -> line.contains(" gap: ") && line.contains("within 10 steps"));
    }

    @Test
    void isNotCarriedAwayByAWrongStepNumber() throws Exception {
        use(GapPolicy.ZEROS, Horizon.ofSteps(10));
        arrive(0, 5);
        arrive(8, 1);
        arrive(Long.MAX_VALUE - 10, 5);
        arrive(5, 3);
        assertThat(steps()).containsExactly("0..5", "5..8", "8..9");
        assertThat(rejected).singleElement().asString().contains("2 gap", "more than 60000 steps ahead");
    }

    @Test
    void measuresTheHorizonInTheStreamsOwnTime() throws Exception {
        use(GapPolicy.ZEROS, Horizon.of(Duration.ofMillis(500)));
        arrive(0, 5);
        arrive(8, 1);
        heartbeat(0, timestamp(8) + 500);
        assertThat(steps()).containsExactly("0..5", "sign of life at 5");
        heartbeat(0, timestamp(8) + 501);
        assertThat(steps()).containsExactly("0..5", "sign of life at 5", "sign of life at 5", "filled 5..8", "8..9");
    }

    @Test
    void takesAHeartbeatAsThePlaceThatTheStreamHasComeTo() throws Exception {
        use(GapPolicy.ZEROS, Horizon.ofSteps(10));
        heartbeat(0, 0);
        arrive(0, 5);
        heartbeat(16, timestamp(16));
        assertThat(steps()).containsExactly("0..5", "filled 5..16", "sign of life at 16");
        arrive(16, 1);
        assertThat(steps()).endsWith("16..17");
    }

    @Test
    void startsAnewInAHigherRun() throws Exception {
        use(GapPolicy.ZEROS, Horizon.ofSteps(100));
        arrive(0, 10);
        arrive(15, 5);
        arrive(2, 0, 10);
        arrive(1, 20, 10);
        arrive(2, 0, 10);
        arrive(2, 10, 10);
        assertThat(steps()).containsExactly("0..10", "filled 10..15", "15..20", "run 2 0..10", "run 2 10..20");
        assertThat(admitted).extracting(Admitted::fresh).containsExactly(false, false, false, true, false);
        assertThat(rejected)
                .containsExactly(
                        "3 stale: stream 's' sent run 1, but it is in run 2; expected every chunk to carry its run",
                        "4 duplicate: stream 's' sent steps 0 to 9, expected step 10 next; they were taken already");
        assertThat(notices.get(1))
                .isEqualTo("new_run 0+0: stream 's' starts run 2 at step 0; run 0 ended before step 20");
    }

    @Test
    void forgetsAStreamThatWasSilentForTooLong() throws Exception {
        sequencer = new Sequencer(
                SequenceSettings.of(
                        GapPolicy.WAIT,
                        Horizon.ofSteps(100),
                        1000,
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(1))),
                DT);
        arrive(0, 10);
        arrive(20, 5);
        heartbeat(0, timestamp(20) + 1000);
        assertThat(notices).isEmpty();
        arriveAt(timestamp(20) + 2001, 0, 700, 5);
        assertThat(notices)
                .singleElement()
                .asString()
                .startsWith("forgotten 10+0: stream 's' was silent for more than 1000 ms");
        assertThat(rejected).singleElement().asString().startsWith("1 gap: ");
        assertThat(admitted.get(admitted.size() - 1).fresh()).isTrue();
        assertThat(steps()).endsWith("700..705");
    }

    @Test
    void boundsWhatWaits() throws Exception {
        use(GapPolicy.ZEROS, Horizon.of(Duration.ofDays(1)));
        arrive(0, 1);
        for (int i = 0; i < Sequencer.MAX_WAITING; i++) {
            arrive(2 + 2 * i, 1);
        }
        assertThat(state.waitingChunks()).isEqualTo(Sequencer.MAX_WAITING);
        arrive(2 + 2 * Sequencer.MAX_WAITING, 1);
        assertThat(state.waitingChunks()).isEqualTo(Sequencer.MAX_WAITING);
        assertThat(notices).hasSize(1);
    }

    @Test
    void doesNotWaitForStepsThatSamplesLeaveOut() throws Exception {
        use(GapPolicy.ZEROS, Horizon.ofSteps(100));
        derived(5000, 2);
        derived(5004, 1);
        derived(5004 + 60_002, 1); // more than is filled
        assertThat(steps()).containsExactly("5000..5002", "filled 5002..5004", "5004..5005", "65006..65007");
        assertThat(admitted.get(3).fresh()).isTrue();
        assertThat(notices)
                .satisfiesExactly(filled -> assertThat(filled).startsWith("gap_zeros"), left -> assertThat(left)
                        .startsWith("gap_reset"));
        assertThat(rejected).isEmpty();
    }

    private void derived(long firstStep, int steps) throws Exception {
        Chunk chunk = new Chunk("s", 0, firstStep, steps, CHANNELS, values(firstStep, steps));
        RawRecord record = new RawRecord("sensors", 3, offset++, timestamp(firstStep), new byte[] {'s'}, new byte[10]);
        sequencer.arrive(new Arrival(chunk, record, true), state, room, new Taken());
    }

    /** However small the record was that it came in. */
    @Test
    void countsTheValuesOfWhatWaits() throws Exception {
        use(GapPolicy.ZEROS, Horizon.of(Duration.ofDays(1)));
        arrive(0, 1);
        arrive(2, 1000);
        assertThat(state.waitingBytes()).isEqualTo(1000 * CHANNELS * Float.BYTES);
    }

    /** Whatever order, doubling and overlapping the horizon allows: the network sees the signal as it was sent. */
    @ParameterizedTest
    @EnumSource(GapPolicy.class)
    void givesTheSignalInOrderWhateverHappensWithinTheHorizon(GapPolicy policy) throws Exception {
        for (long seed = 0; seed < 200; seed++) {
            use(policy, Horizon.ofSteps(60));
            forgetTest();
            Random random = new Random(seed);
            List<long[]> chunks = cut(300, 6, random);
            disturb(chunks, 20, random);
            for (long[] chunk : chunks) {
                arrive(chunk[0], (int) chunk[1]);
                state = throughBytes(state);
            }
            assertThat(joined()).as("seed %d", seed).isEqualTo(values(0, 300));
            assertThat(notices).as("seed %d", seed).allMatch(notice -> notice.startsWith("overlap"));
            assertThat(rejected).as("seed %d", seed).allMatch(line -> line.contains(" duplicate: "));
            assertThat(room.size()).isZero();
        }
    }

    /** Each record ends as steps of the network or in the rejected topic, and each step comes once, in order. */
    @ParameterizedTest
    @EnumSource(GapPolicy.class)
    void accountsForEveryRecordAndEveryStep(GapPolicy policy) throws Exception {
        for (long seed = 0; seed < 200; seed++) {
            use(policy, Horizon.ofSteps(10));
            forgetTest();
            Random random = new Random(seed);
            List<long[]> chunks = cut(300, 6, random);
            disturb(chunks, 30, random);
            chunks.removeIf(chunk -> random.nextInt(8) == 0);
            for (long[] chunk : chunks) {
                arrive(chunk[0], (int) chunk[1]);
            }
            int accounted = rejected.size() + room.size();
            List<Long> records = admitted.stream()
                    .filter(one -> one.kind() == Admitted.Kind.SENT)
                    .map(one -> one.record().offset())
                    .toList();
            assertThat(accounted + records.size()).as("seed %d", seed).isEqualTo(chunks.size());
            assertThat(records).doesNotHaveDuplicates();
            long next = admitted.isEmpty() ? 0 : admitted.get(0).chunk().firstStep();
            for (Admitted one : admitted) {
                long first = one.chunk().firstStep();
                if (one.fresh()) {
                    assertThat(first).isGreaterThan(next);
                } else {
                    assertThat(first).as("seed %d", seed).isEqualTo(next);
                }
                next = one.chunk().endStep();
            }
        }
    }

    private static List<long[]> cut(int steps, int most, Random random) {
        List<long[]> chunks = new ArrayList<>();
        for (int from = 0; from < steps; ) {
            int count = Math.min(steps - from, 1 + random.nextInt(most));
            chunks.add(new long[] {from, count});
            from += count;
        }
        return chunks;
    }

    /** Swaps chunks with ones that lie not too far away, doubles some, and lets some overlap what is before them. */
    private static void disturb(List<long[]> chunks, int steps, Random random) {
        for (int i = 0; i < chunks.size(); i++) {
            int other = Math.min(chunks.size() - 1, i + random.nextInt(4));
            if (chunks.get(other)[0] - chunks.get(i)[0] < steps && chunks.get(i)[0] - i < steps * 15L) {
                Collections.swap(chunks, i, other);
            }
        }
        for (int i = 1; i < chunks.size(); i++) {
            if (random.nextInt(6) == 0) {
                chunks.add(i, chunks.get(i - 1).clone());
            } else if (random.nextInt(6) == 0) {
                long[] chunk = chunks.get(i);
                long back = Math.min(chunk[0], random.nextInt(5));
                chunks.set(i, new long[] {chunk[0] - back, chunk[1] + back});
            }
        }
    }

    private static SequenceState throughBytes(SequenceState state) throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        SequenceStateSerializer.INSTANCE.serialize(state, out);
        return SequenceStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }

    private void use(GapPolicy policy, Horizon horizon) {
        sequencer = new Sequencer(SequenceSettings.of(policy, horizon, 60_000, Optional.empty(), Optional.empty()), DT);
    }

    private void forgetTest() {
        state = SequenceState.unknown();
        room.arrivals.clear();
        admitted.clear();
        rejected.clear();
        notices.clear();
        offset = 0;
    }

    private void arrive(long firstStep, int steps) throws Exception {
        arrive(0, firstStep, steps);
    }

    private void arrive(long run, long firstStep, int steps) throws Exception {
        arriveAt(timestamp(firstStep), run, firstStep, steps);
    }

    private void heartbeat(long step, long timestamp) throws Exception {
        arriveAt(timestamp, 0, step, 0);
    }

    private void arriveAt(long timestamp, long run, long firstStep, int steps) throws Exception {
        Chunk chunk = new Chunk("s", run, firstStep, steps, CHANNELS, values(firstStep, steps));
        RawRecord record = new RawRecord("sensors", 3, offset++, timestamp, new byte[] {'s'}, new byte[10]);
        sequencer.arrive(new Arrival(chunk, record), state, room, new Taken());
    }

    /** The signal that is sent: each value tells its step and channel. */
    private static float[] values(long firstStep, int steps) {
        float[] values = new float[steps * CHANNELS];
        for (int i = 0; i < values.length; i++) {
            values[i] = firstStep * CHANNELS + i + 1;
        }
        return values;
    }

    private static long timestamp(long step) {
        return 1_000_000 + Math.round(step * DT * 1000);
    }

    private float[] values(int index) {
        return admitted.get(index).chunk().values();
    }

    private float[] joined() {
        float[] joined = new float[0];
        for (Admitted one : admitted) {
            float[] values = one.chunk().values();
            joined = Arrays.copyOf(joined, joined.length + values.length);
            System.arraycopy(values, 0, joined, joined.length - values.length, values.length);
        }
        return joined;
    }

    private List<String> steps() {
        return admitted.stream().map(SequencerTest::text).toList();
    }

    private static String text(Admitted one) {
        Chunk chunk = one.chunk();
        if (chunk.isHeartbeat()) {
            return "sign of life at " + chunk.firstStep();
        }
        String kind = one.kind() == Admitted.Kind.FILLED ? "filled " : "";
        String run = chunk.run() == 0 ? "" : "run %d ".formatted(chunk.run());
        return "%s%s%d..%d".formatted(kind, run, chunk.firstStep(), chunk.endStep());
    }

    private static final class Room implements WaitingRoom {
        private final Map<Long, Arrival> arrivals = new TreeMap<>(new HashMap<>());

        @Override
        public void put(long firstStep, Arrival arrival) {
            assertThat(arrivals.put(firstStep, arrival)).isNull();
        }

        @Override
        public Arrival get(long firstStep) {
            return arrivals.get(firstStep);
        }

        @Override
        public void remove(long firstStep) {
            assertThat(arrivals.remove(firstStep)).isNotNull();
        }

        private int size() {
            return arrivals.size();
        }
    }

    private final class Taken implements Outlet {
        @Override
        public void admit(Admitted chunk) {
            admitted.add(chunk);
        }

        @Override
        public void reject(RawRecord record, String stream, RejectReason reason, String message) {
            rejected.add("%d %s: %s".formatted(record.offset(), reason.code(), message));
        }

        @Override
        public void notice(Notice notice, long timestamp) {
            notices.add("%s %d+%d: %s"
                    .formatted(notice.kind().code(), notice.firstStep(), notice.steps(), notice.message()));
        }
    }
}
