package io.riffle.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.operators.elements.Arrival;
import io.riffle.operators.elements.RawRecord;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkEncoder;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Rejected;
import io.riffle.schemas.Samples;
import io.riffle.schemas.SamplesEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecodeChunksTest {
    private OneInputStreamOperatorTestHarness<RawRecord, Arrival> harness;

    @BeforeEach
    void open() throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new DecodeChunks(2, 0.001, false)));
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void decodesAChunkAndKeepsWhereItCameFrom() throws Exception {
        Chunk chunk = new Chunk("arm", 7, 2, 2, new float[] {1, 2, 3, 4});
        send("arm", new ChunkEncoder(0.001).encode(chunk));
        assertThat(harness.extractOutputValues())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(new Arrival(chunk, record("arm", new ChunkEncoder(0.001).encode(chunk))));
    }

    @Test
    void rejectsARecordWithoutAStream() throws Exception {
        harness.processElement(new RawRecord("sensors", 1, 42, 4711, null, new byte[3]), 0);
        assertRejected(null, RejectReason.NO_STREAM, "the record has no key, expected the stream's name");
    }

    @Test
    void rejectsAKeyThatIsNotText() throws Exception {
        harness.processElement(new RawRecord("sensors", 1, 42, 4711, new byte[] {(byte) 0xff}, new byte[3]), 0);
        assertRejected(null, RejectReason.NO_STREAM, "the record's key is not UTF-8, expected the stream's name");
    }

    @Test
    void rejectsARecordWithoutAValue() throws Exception {
        send("arm", null);
        assertRejected(
                "arm", RejectReason.MALFORMED, "stream 'arm': the record has no value, expected an Arrow stream");
    }

    @Test
    void rejectsBytesThatAreNoArrow() throws Exception {
        send("arm", "hello".getBytes(StandardCharsets.UTF_8));
        assertThat(rejected()).singleElement().satisfies(rejected -> {
            assertThat(rejected.reason()).isEqualTo(RejectReason.MALFORMED);
            assertThat(rejected.value()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
            assertThat(rejected.topic()).isEqualTo("sensors");
            assertThat(rejected.partition()).isEqualTo(1);
            assertThat(rejected.offset()).isEqualTo(42);
        });
        assertThat(harness.extractOutputValues()).isEmpty();
    }

    @Test
    void rejectsAnotherNumberOfChannelsAnotherTimeStepAndNaN() throws Exception {
        send("arm", new ChunkEncoder(0.001).encode(new Chunk("arm", 0, 1, 3, new float[3])));
        send("arm", new ChunkEncoder(0.002).encode(new Chunk("arm", 0, 1, 2, new float[2])));
        send("arm", new ChunkEncoder(0.001).encode(new Chunk("arm", 0, 1, 2, new float[] {1, Float.NaN})));
        assertThat(rejected())
                .extracting(Rejected::reason)
                .containsExactly(RejectReason.WRONG_CHANNELS, RejectReason.WRONG_DT, RejectReason.NOT_FINITE);
        assertThat(harness.extractOutputValues()).isEmpty();
    }

    @Test
    void takesSamplesOnlyWhereStepsAreMadeOfThem() throws Exception {
        Samples samples = new Samples("arm", 0, 2, new long[] {5}, new float[] {1, 2});
        byte[] value = SamplesEncoder.encode(samples);
        send("arm", value);
        assertRejected(
                "arm",
                RejectReason.WRONG_SCHEMA,
                "stream 'arm' sent samples/1, but this job takes steps only; expected raster/1 or events/1, or a job"
                        + " that makes steps of samples (riffle run --raster RULE)");
        close();
        harness = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new DecodeChunks(2, 0.001, true)));
        harness.open();
        send("arm", value);
        assertThat(harness.extractOutputValues()).extracting(Arrival::payload).containsExactly(samples);
    }

    private void send(String stream, byte[] value) throws Exception {
        harness.processElement(record(stream, value), 0);
    }

    private static RawRecord record(String stream, byte[] value) {
        return new RawRecord("sensors", 1, 42, 4711, stream.getBytes(StandardCharsets.UTF_8), value);
    }

    private void assertRejected(String stream, RejectReason reason, String message) {
        assertThat(rejected()).singleElement().satisfies(rejected -> {
            assertThat(rejected.stream()).isEqualTo(stream);
            assertThat(rejected.reason()).isEqualTo(reason);
            assertThat(rejected.message()).isEqualTo(message);
        });
    }

    private List<Rejected> rejected() {
        return TestingNetworks.rejected(harness);
    }
}
