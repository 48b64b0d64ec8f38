package io.riffle.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private static final ChunkDecoder DECODER = ChunkDecoder.anything();
    private static final Map<String, String> METADATA = Map.of(Formats.FORMAT, Formats.SAMPLES);

    @Test
    void anyTimesInAnyOrderComeBack() {
        Samples samples = new Samples(
                "a", 7, 2, new long[] {5, 0, Samples.END_OF_TIME - 1, 5}, new float[] {1, 2, 3, 4, 5, 6, 7, 8});
        byte[] value = SamplesEncoder.encode(samples);
        assertThat(DECODER.decodePayload("a", value)).isEqualTo(samples);
        assertThat(Formats.of(value)).contains("samples/1");
        assertThat(samples).hasToString("Samples a run 7, f32[4,2]");
    }

    @Test
    void noSamplesAreAHeartbeat() {
        Samples heartbeat = new Samples("a", 0, 2, new long[0], new float[0]);
        Payload decoded = DECODER.decodePayload("a", SamplesEncoder.encode(heartbeat));
        assertThat(decoded).isEqualTo(heartbeat);
        assertThat(decoded.isHeartbeat()).isTrue();
        byte[] withoutBatch = IpcWriter.envelope(MetadataWriter.schema(
                new TableSchema(List.of(Column.time("time"), Column.floats("values", 2)), METADATA)));
        assertThat(DECODER.decodePayload("a", withoutBatch)).isEqualTo(heartbeat);
    }

    @Test
    void aPayloadMayBeAChunk() {
        Chunk chunk = TestingChunks.ramp("a", 7, 2, 3);
        ChunkDecoder decoder = new ChunkDecoder(3, 0.02);
        assertThat(decoder.decodePayload("a", new ChunkEncoder(0.02).encode(chunk)))
                .isEqualTo(chunk);
        assertThat(decoder.decodePayload("a", new EventsEncoder(0.02).encode(chunk)))
                .isEqualTo(chunk);
    }

    @Test
    void samplesHaveTheChannelsOfTheNetworkButNoDt() {
        byte[] value = SamplesEncoder.encode(new Samples("a", 0, 1, new long[] {9}, new float[] {1}));
        assertThat(new ChunkDecoder(1, 0.02).decodePayload("a", value).isHeartbeat())
                .isFalse();
        rejects(new ChunkDecoder(2, 0.02), value, RejectReason.WRONG_CHANNELS, "got 1 channels, expected 2");
    }

    @Test
    void samplesAreNoChunk() {
        byte[] value = SamplesEncoder.encode(new Samples("a", 0, 1, new long[] {9}, new float[] {1}));
        assertThatThrownBy(() -> DECODER.decode("a", value))
                .hasMessage("stream 'a': got samples/1, expected raster/1 or events/1");
    }

    @Test
    void rejectsTimesBeforeAndBeyondTheScale() {
        String expected = ", expected nanoseconds from 0, which is 1970, until 2^62, which is 2116";
        rejects(DECODER, samples(METADATA, 3, -1), RejectReason.BAD_STEPS, "row 1 is at -1 ns" + expected);
        rejects(
                DECODER,
                samples(METADATA, 1L << 62, 1),
                RejectReason.BAD_STEPS,
                "row 0 is at 4611686018427387904 ns" + expected);
        assertThatThrownBy(() -> new Samples("a", 0, 1, new long[] {-5}, new float[1]))
                .hasMessage("samples of stream 'a' have one at -5 ns" + expected);
    }

    @Test
    void rejectsValuesThatAreNotFinite() {
        byte[] value = SamplesEncoder.encode(
                new Samples("a", 0, 2, new long[] {8, 9}, new float[] {1, 2, 3, Float.POSITIVE_INFINITY}));
        rejects(DECODER, value, RejectReason.NOT_FINITE, "row 1, channel 1 is Infinity, expected a finite value");
    }

    @Test
    void rejectsOtherColumns() {
        String expected = "; expected time: timestamp[ns], values: fixed_size_list<float32>[N]";
        TableSchema schema =
                new TableSchema(List.of(Column.of("time", ColumnType.INT64), Column.floats("values", 2)), METADATA);
        rejects(
                DECODER,
                new StreamTemplate(schema, BatchLayout.of(schema, 0)).newValue().array(),
                RejectReason.WRONG_SCHEMA,
                "got columns time: int64, values: fixed_size_list<float32>[2]" + expected);
        TableSchema steps = new TableSchema(TestingChunks.rasterColumns(), METADATA);
        rejects(
                DECODER,
                new StreamTemplate(steps, BatchLayout.of(steps, 0)).newValue().array(),
                RejectReason.WRONG_SCHEMA,
                "got columns step: int64, values: fixed_size_list<float32>[2]" + expected);
    }

    @Test
    void rejectsMoreThanTheLimit() {
        TableSchema schema = new TableSchema(List.of(Column.time("time"), Column.floats("values", 2)), METADATA);
        BatchLayout claimed = BatchLayout.of(schema, 1 << 22);
        ByteBuffer value = ByteBuffer.allocate(4096);
        value.put(IpcWriter.envelope(MetadataWriter.schema(schema)));
        value.put(IpcWriter.envelope(MetadataWriter.batch(claimed.header(), 0)));
        rejects(
                DECODER,
                Arrays.copyOf(value.array(), value.position()),
                RejectReason.TOO_LARGE,
                "got 4194304 samples of 2 channels, expected at most 4194304 values");
    }

    @Test
    void refusesArraysThatDoNotFit() {
        assertThatThrownBy(() -> new Samples("a", 0, 2, new long[2], new float[3]))
                .hasMessage("samples of stream 'a' have 3 values, expected 2 samples x 2 channels = 4");
        assertThatThrownBy(() -> new Samples("a", 0, 0, new long[0], new float[0]))
                .hasMessage("samples of stream 'a' have 0 channels, expected at least 1");
        assertThatThrownBy(() -> new Samples("a", -1, 1, new long[0], new float[0]))
                .hasMessage("samples of stream 'a' have run -1, expected 0 or more");
    }

    /** Of 2 channels, with times that no encoder would write. */
    private static byte[] samples(Map<String, String> metadata, long... times) {
        TableSchema schema = new TableSchema(List.of(Column.time("time"), Column.floats("values", 2)), metadata);
        StreamTemplate template = new StreamTemplate(schema, BatchLayout.of(schema, times.length));
        ByteBuffer record = template.newValue();
        record.position(template.position(0, 1)).asLongBuffer().put(times);
        return record.array();
    }

    private static void rejects(ChunkDecoder decoder, byte[] value, RejectReason reason, String message) {
        BadChunkException bad = catchThrowableOfType(BadChunkException.class, () -> decoder.decodePayload("a", value));
        assertThat(bad).hasMessage("stream 'a': " + message);
        assertThat(bad.reason()).isEqualTo(reason);
    }
}
