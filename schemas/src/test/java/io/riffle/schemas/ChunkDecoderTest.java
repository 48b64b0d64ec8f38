package io.riffle.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riffle.sim.RiffleException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkDecoderTest {
    private static final ChunkDecoder DECODER = ChunkDecoder.anything();

    @ParameterizedTest
    @CsvSource({"1,1", "10,16", "3,7", "64,16", "1000,64"})
    void decodesWhatWasEncoded(int steps, int channels) {
        Chunk chunk = TestingChunks.ramp("host-1", 1L << 40, steps, channels);
        byte[] value = new ChunkEncoder(0.001).encode(chunk);
        assertThat(new ChunkDecoder(channels, 0.001).decode("host-1", value)).isEqualTo(chunk);
    }

    @Test
    void tellsDtRecordPathAndFormat() {
        Chunk chunk = TestingChunks.ramp("a", 5, 2, 3);
        assertThat(DECODER.decodeWithMetadata("a", new ChunkEncoder(0.02).encode(chunk)))
                .isEqualTo(new DecodedChunk(chunk, 0.02, Optional.empty(), "raster/1"));
        assertThat(DECODER.decodeWithMetadata(
                        "a", ChunkEncoder.forRecord(0.02, "1_LIF.vmem").encode(chunk)))
                .isEqualTo(new DecodedChunk(chunk, 0.02, Optional.of("1_LIF.vmem"), "raster/1"));
        assertThat(DECODER.decodeWithMetadata("a", new EventsEncoder(0.02).encode(chunk)))
                .isEqualTo(new DecodedChunk(chunk, 0.02, Optional.empty(), "events/1"));
    }

    @Test
    void oneDecoderReadsShapesAndFormatsInAnyOrder() {
        ChunkEncoder encoder = new ChunkEncoder(0.001);
        for (int round = 0; round < 3; round++) {
            for (int channels = 1; channels < 5; channels++) {
                Chunk chunk = TestingChunks.ramp("a", round, 2, channels);
                assertThat(DECODER.decode("a", encoder.encode(chunk))).isEqualTo(chunk);
                assertThat(DECODER.decode("a", new EventsEncoder(0.001).encode(chunk)))
                        .isEqualTo(chunk);
            }
        }
    }

    @Test
    void addsUpEventsOfOneCell() {
        Events events = new Events("a", 10, 3, 2, new long[] {11, 11, 12}, new int[] {1, 1, 0}, new float[] {1, 2, -1});
        assertThat(DECODER.decode("a", new EventsEncoder(0.001).encode(events)))
                .isEqualTo(new Chunk("a", 10, 3, 2, new float[] {0, 0, 0, 3, -1, 0}));
    }

    @Test
    void chunksOfManyRunsComeBack() {
        ChunkEncoder encoder = new ChunkEncoder(0.001);
        for (int round = 0; round < 2; round++) {
            for (long run = 0; run < 3000; run++) { // more than encoder and decoder keep
                Chunk chunk = new Chunk("a", run, 7, 1, 2, new float[] {round, run});
                assertThat(DECODER.decode("a", encoder.encode(chunk))).isEqualTo(chunk);
            }
            Chunk last = new Chunk("a", Long.MAX_VALUE, 7, 1, 2, new float[] {round, 1});
            assertThat(DECODER.decode("a", encoder.encode(last))).isEqualTo(last);
            assertThat(DECODER.decode("a", new EventsEncoder(0.001).encode(last)))
                    .isEqualTo(last);
        }
    }

    @Test
    void heartbeatsAreChunksOfNoStep() {
        for (long firstStep : new long[] {0, 1L << 40, Long.MAX_VALUE}) {
            Chunk heartbeat = new Chunk("a", 3, firstStep, 0, 2, new float[0]);
            assertThat(heartbeat.isHeartbeat()).isTrue();
            assertThat(DECODER.decode("a", new ChunkEncoder(0.001).encode(heartbeat)))
                    .isEqualTo(heartbeat);
            assertThat(DECODER.decode("a", new EventsEncoder(0.001).encode(heartbeat)))
                    .isEqualTo(heartbeat);
        }
        Chunk atZero = new Chunk("a", 0, 0, 2, new float[0]);
        assertThat(DECODER.decode("a", TestingChunks.rasterOf(new long[0]))).isEqualTo(atZero);
        assertThat(DECODER.decode("a", TestingChunks.schemaOnly(TestingChunks.rasterMetadata(Formats.DT, "0.001"))))
                .isEqualTo(atZero);
        rejects(
                TestingChunks.events(
                        TestingChunks.eventsMetadata(Formats.STEPS, "0"), new long[] {120}, new int[1], new float[1]),
                RejectReason.BAD_STEPS,
                "an event is at step 120, expected one from 120 until 120");
    }

    @Test
    void aRasterWithoutStepsMaySayItsFirst() {
        byte[] value = TestingChunks.rasterWithoutSteps(TestingChunks.rasterMetadata(Formats.FIRST_STEP, "70"), 1, 2);
        assertThat(DECODER.decode("a", value)).isEqualTo(new Chunk("a", 70, 1, 2, new float[] {1, 2}));
        rejects(
                TestingChunks.rasterWithoutSteps(
                        TestingChunks.rasterMetadata(Formats.FIRST_STEP, "9223372036854775807"), 1, 2),
                RejectReason.BAD_STEPS,
                "got first step 9223372036854775807 and 1 steps, expected a first step from 0 and an end below 2^63");
    }

    @Test
    void aRasterWithStepsSaysTheSameFirst() {
        byte[] value = TestingChunks.raster(
                TestingChunks.rasterMetadata(Formats.FIRST_STEP, "70"),
                TestingChunks.rasterColumns(),
                new long[] {70, 71},
                1,
                2,
                3,
                4);
        assertThat(DECODER.decode("a", value)).isEqualTo(new Chunk("a", 70, 2, 2, new float[] {1, 2, 3, 4}));
        byte[] other = TestingChunks.raster(
                TestingChunks.rasterMetadata(Formats.FIRST_STEP, "69"),
                TestingChunks.rasterColumns(),
                new long[] {70, 71},
                1,
                2,
                3,
                4);
        rejects(
                other,
                RejectReason.BAD_STEPS,
                "got step 70 first, expected step 69 as schema metadata riffle.first_step says");
    }

    @Test
    void aStreamMayLackItsEndMark() {
        byte[] value = TestingChunks.rasterOf(new long[] {3}, 1, 2);
        assertThat(DECODER.decode("a", Arrays.copyOf(value, value.length - 8)).firstStep())
                .isEqualTo(3);
    }

    @Test
    void comparesDtWithATolerance() {
        byte[] value = new ChunkEncoder(0.1 + 0.2).encode(TestingChunks.ramp("a", 0, 1, 1));
        assertThat(new ChunkDecoder(1, 0.3).decode("a", value).steps()).isEqualTo(1);
    }

    @Test
    void rejectsOtherChannelsAndOtherDt() {
        byte[] value = new ChunkEncoder(0.001).encode(TestingChunks.ramp("arm-7", 0, 2, 63));
        rejects(new ChunkDecoder(64, 0.001), value, RejectReason.WRONG_CHANNELS, "got 63 channels, expected 64");
        rejects(new ChunkDecoder(63, 0.002), value, RejectReason.WRONG_DT, "got dt 0.001 s, expected 0.002 s");
    }

    @Test
    void rejectsWhatIsNoArrowStream() {
        rejects(null, RejectReason.MALFORMED, "the record has no value, expected an Arrow stream");
        rejects(new byte[0], RejectReason.MALFORMED, "it ends before its schema");
        rejects(new byte[5], RejectReason.MALFORMED, "it ends within a message");
        rejects(
                "{\"values\": [1, 2]}".getBytes(StandardCharsets.UTF_8),
                RejectReason.MALFORMED,
                "it does not begin like an Arrow stream");
        byte[] value = TestingChunks.rasterOf(new long[] {3}, 1, 2);
        rejects(
                Arrays.copyOf(value, value.length - 16),
                RejectReason.MALFORMED,
                "bytes %d + 16 are pointed to, %d are there".formatted(value.length - 24, value.length - 16));
        rejects(Arrays.copyOf(value, value.length + 3), RejectReason.MALFORMED, "3 bytes follow the end of the stream");
    }

    @Test
    void rejectsAFileThatWasCut() {
        byte[] file = TestingChunks.golden("pyarrow-raster-file.arrow");
        rejects(
                Arrays.copyOf(file, file.length - 1),
                RejectReason.MALFORMED,
                "it does not end like an Arrow file: it was cut, or its writer was not closed");
    }

    @Test
    void rejectsOtherMetadata() {
        rejectsMetadata(
                Formats.FORMAT, null, "no schema metadata riffle.format, expected raster/1, events/1 or samples/1");
        rejectsMetadata(
                Formats.FORMAT,
                "raster/2",
                "schema metadata riffle.format is 'raster/2', expected raster/1, events/1 or samples/1");
        rejectsMetadata(Formats.DT, null, "no schema metadata riffle.dt, expected it with format raster/1");
        rejectsMetadata(Formats.RUN, "-1", "schema metadata riffle.run is '-1', expected a whole number from 0");
        rejectsMetadata(Formats.RUN, "1.5", "schema metadata riffle.run is '1.5', expected a whole number from 0");
        rejectsMetadata(Formats.DT, "1 ms", "schema metadata riffle.dt is '1 ms', expected decimal seconds above 0");
    }

    @Test
    void rejectsOtherColumns() {
        String expected = "; expected step: int64 (may be left out), values: fixed_size_list<float32>[N]";
        Column step = Column.of("step", ColumnType.INT64);
        Column values = Column.floats("values", 2);
        Column text = Column.of("text", ColumnType.UTF8);
        rejectsColumns(
                List.of(step, values, text),
                "got columns step: int64, values: fixed_size_list<float32>[2], text: utf8" + expected);
        rejectsColumns(
                List.of(step, values, step),
                "got columns step: int64, values: fixed_size_list<float32>[2], step: int64" + expected);
        rejectsColumns(
                List.of(step, Column.floats("value", 2)),
                "got columns step: int64, value: fixed_size_list<float32>[2]" + expected);
        rejectsColumns(
                List.of(Column.of("step", ColumnType.INT32), values),
                "got columns step: int32, values: fixed_size_list<float32>[2]" + expected);
        rejectsColumns(List.of(step, Column.floats("values", 0)), "column values has 0 channels, expected at least 1");
        rejectsColumns(
                List.of(step, values, Column.of("stream", ColumnType.UTF8)),
                "got a column stream, expected it in files only: a record's key names its stream");
        rejectsColumns(
                List.of(step, values, Column.of("run", ColumnType.INT64)),
                "got a column run, expected it in files only: a record has schema metadata riffle.run");
        rejectsColumns(
                List.of(step, values, Column.of("run", ColumnType.INT32)),
                "got columns step: int64, values: fixed_size_list<float32>[2], run: int32; expected run: int64 (in"
                        + " files), step: int64 (may be left out), values: fixed_size_list<float32>[N]");
    }

    @Test
    void rejectsStepsThatAreNotConsecutive() {
        rejectsSteps(new long[] {3, 5}, "got step 5 where 4 was expected: the steps of a chunk are consecutive");
        rejectsSteps(new long[] {3, 3}, "got step 3 where 4 was expected: the steps of a chunk are consecutive");
        rejectsSteps(
                new long[] {-1, 0},
                "got first step -1 and 2 steps, expected a first step from 0 and an end below 2^63");
        rejectsSteps(
                new long[] {Long.MAX_VALUE - 1, Long.MAX_VALUE},
                "got first step 9223372036854775806 and 2 steps, expected a first step from 0 and an end below 2^63");
    }

    @Test
    void rejectsValuesThatAreNotFinite() {
        long[] steps = {7, 8};
        rejects(
                TestingChunks.rasterOf(steps, 0, 1, 2, Float.NaN),
                RejectReason.NOT_FINITE,
                "step 8, channel 1 is NaN, expected a finite value");
        rejects(
                TestingChunks.rasterOf(steps, Float.NEGATIVE_INFINITY, 1, 2, 3),
                RejectReason.NOT_FINITE,
                "step 7, channel 0 is -Infinity, expected a finite value");
        assertThat(DECODER.decode("a", TestingChunks.rasterOf(steps, Float.MAX_VALUE, Float.MIN_VALUE, -0f, 3))
                        .values())
                .containsExactly(Float.MAX_VALUE, Float.MIN_VALUE, -0f, 3);
    }

    @Test
    void rejectsEventsOutsideOfTheirChunk() {
        rejectsEvents(119, 0, 1, RejectReason.BAD_STEPS, "an event is at step 119, expected one from 120 until 130");
        rejectsEvents(130, 0, 1, RejectReason.BAD_STEPS, "an event is at step 130, expected one from 120 until 130");
        rejectsEvents(
                121,
                4,
                1,
                RejectReason.WRONG_CHANNELS,
                "an event at step 121 is in channel 4, expected one from 0 until 4");
        rejectsEvents(
                121,
                -1,
                1,
                RejectReason.WRONG_CHANNELS,
                "an event at step 121 is in channel -1, expected one from 0 until 4");
        rejectsEvents(
                121, 2, Float.NaN, RejectReason.NOT_FINITE, "step 121, channel 2 is NaN, expected a finite value");
        rejects(
                TestingChunks.events(
                        TestingChunks.eventsMetadata(Formats.DT, "0.001"),
                        new long[] {122, 121},
                        new int[2],
                        new float[2]),
                RejectReason.BAD_STEPS,
                "an event at step 121 follows step 122, expected ascending");
        rejects(
                TestingChunks.events(
                        TestingChunks.eventsMetadata(Formats.DT, "0.001"),
                        new long[] {122, 122},
                        new int[2],
                        new float[] {Float.MAX_VALUE, Float.MAX_VALUE}),
                RejectReason.NOT_FINITE,
                "step 122, channel 0 is Infinity, expected a finite value");
    }

    @Test
    void rejectsEventsWithOtherMetadata() {
        rejectsEventsMetadata(
                Formats.STEPS,
                "9999999",
                RejectReason.TOO_LARGE,
                "got 9999999 steps of 4 channels, expected at most 4194304 values");
        rejectsEventsMetadata(
                Formats.STEPS,
                "-1",
                RejectReason.BAD_STEPS,
                "schema metadata riffle.steps is '-1', expected a whole number from 0");
        rejectsEventsMetadata(
                Formats.CHANNELS,
                "x",
                RejectReason.WRONG_SCHEMA,
                "schema metadata riffle.channels is 'x', expected a whole number from 1");
        rejectsEventsMetadata(
                Formats.FIRST_STEP,
                "9223372036854775807",
                RejectReason.BAD_STEPS,
                "got first step 9223372036854775807 and 10 steps, expected an end below 2^63");
    }

    @Test
    void refusesExpectationsThatNothingCanMeet() {
        assertThatThrownBy(() -> new ChunkDecoder(0, 0.001))
                .isInstanceOf(RiffleException.class)
                .hasMessage("got 0 channels, expected at least 1");
        assertThatThrownBy(() -> new ChunkDecoder(1, Double.NaN)).hasMessage("got dt NaN, expected seconds above 0");
    }

    private static void rejectsMetadata(String key, String value, String message) {
        rejects(
                TestingChunks.raster(
                        TestingChunks.rasterMetadata(key, value), TestingChunks.rasterColumns(), new long[] {0}, 1, 2),
                RejectReason.WRONG_SCHEMA,
                message);
    }

    private static void rejectsColumns(List<Column> columns, String message) {
        TableSchema schema = new TableSchema(columns, TestingChunks.rasterMetadata(Formats.DT, "0.001"));
        byte[] value =
                new StreamTemplate(schema, BatchLayout.of(schema, 0)).newValue().array();
        rejects(value, RejectReason.WRONG_SCHEMA, message);
    }

    private static void rejectsSteps(long[] steps, String message) {
        rejects(TestingChunks.rasterOf(steps, 1, 2, 3, 4), RejectReason.BAD_STEPS, message);
    }

    private static void rejectsEvents(long step, int channel, float count, RejectReason reason, String message) {
        rejects(
                TestingChunks.events(
                        TestingChunks.eventsMetadata(Formats.DT, "0.001"),
                        new long[] {step},
                        new int[] {channel},
                        new float[] {count}),
                reason,
                message);
    }

    private static void rejectsEventsMetadata(String key, String value, RejectReason reason, String message) {
        rejects(
                TestingChunks.events(TestingChunks.eventsMetadata(key, value), new long[0], new int[0], new float[0]),
                reason,
                message);
    }

    private static void rejects(byte[] value, RejectReason reason, String message) {
        rejects(DECODER, value, reason, message);
    }

    private static void rejects(ChunkDecoder decoder, byte[] value, RejectReason reason, String message) {
        BadChunkException bad = catchThrowableOfType(BadChunkException.class, () -> decoder.decode("arm-7", value));
        assertThat(bad).hasMessage("stream 'arm-7': " + message);
        assertThat(bad.reason()).isEqualTo(reason);
    }
}
