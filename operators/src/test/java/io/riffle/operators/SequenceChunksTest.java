package io.riffle.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Rejected;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SequenceChunksTest {
    private KeyedOneInputStreamOperatorTestHarness<String, Arrival, Chunk> harness;
    private long offset;

    @BeforeEach
    void open() throws Exception {
        harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new SequenceChunks(0.001)),
                arrival -> arrival.chunk().stream(),
                Types.STRING);
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void letsStepsInOrderThrough() throws Exception {
        arrive("a", 0, 10);
        arrive("b", 0, 3);
        arrive("a", 10, 1);
        arrive("b", 3, 4);
        assertThat(accepted()).containsExactly("a 0..10", "b 0..3", "a 10..11", "b 3..7");
        assertThat(rejected()).isEmpty();
    }

    @Test
    void startsAStreamWithWhateverStepComesFirst() throws Exception {
        arrive("a", 5000, 10);
        arrive("a", 5010, 10);
        assertThat(accepted()).containsExactly("a 5000..5010", "a 5010..5020");
    }

    @Test
    void letsAChunkWithoutStepsThrough() throws Exception {
        arrive("a", 0, 10);
        arrive("a", 10, 0);
        arrive("a", 10, 2);
        assertThat(accepted()).containsExactly("a 0..10", "a 10..10", "a 10..12");
    }

    @Test
    void rejectsADuplicate() throws Exception {
        arrive("a", 0, 10);
        arrive("a", 0, 10);
        arrive("a", 10, 5);
        assertThat(accepted()).containsExactly("a 0..10", "a 10..15");
        assertThat(rejected()).singleElement().satisfies(rejected -> {
            assertThat(rejected.reason()).isEqualTo(RejectReason.DUPLICATE);
            assertThat(rejected.message()).isEqualTo("stream 'a' sent steps 0 to 9, expected step 10 next");
            assertThat(rejected.topic()).isEqualTo("sensors");
            assertThat(rejected.partition()).isEqualTo(3);
            assertThat(rejected.offset()).isEqualTo(1);
            assertThat(ChunkDecoder.anything().decode("a", rejected.value()))
                    .isEqualTo(new Chunk("a", 0, 10, 1, new float[10]));
        });
    }

    @Test
    void rejectsAGapAndGoesOnWhenTheMissingStepsCome() throws Exception {
        arrive("a", 0, 10);
        arrive("a", 20, 10);
        arrive("a", 10, 10);
        arrive("a", 20, 10);
        assertThat(accepted()).containsExactly("a 0..10", "a 10..20", "a 20..30");
        assertThat(reasons()).containsExactly(RejectReason.GAP);
    }

    @Test
    void rejectsWhatIsOlderThanTheStreamOrOverlaps() throws Exception {
        arrive("a", 100, 10);
        arrive("a", 90, 10);
        arrive("a", 105, 10);
        assertThat(accepted()).containsExactly("a 100..110");
        assertThat(reasons()).containsExactly(RejectReason.STALE, RejectReason.STALE);
    }

    private void arrive(String stream, long firstStep, int steps) throws Exception {
        Chunk chunk = new Chunk(stream, firstStep, steps, 1, new float[steps]);
        harness.processElement(new Arrival(chunk, "sensors", 3, offset++), firstStep);
    }

    private List<String> accepted() {
        return harness.extractOutputValues().stream()
                .map(chunk -> "%s %d..%d".formatted(chunk.stream(), chunk.firstStep(), chunk.endStep()))
                .toList();
    }

    private List<Rejected> rejected() {
        var side = harness.getSideOutput(StreamingNetwork.REJECTED);
        return side == null
                ? List.of()
                : side.stream().map(StreamRecord::getValue).toList();
    }

    private List<RejectReason> reasons() {
        return rejected().stream().map(Rejected::reason).toList();
    }
}
