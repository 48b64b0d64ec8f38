package io.riffle.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that were written once must decode for ever. */
class GoldenTest {
    private static final Chunk RAMP = TestingChunks.ramp("a", 120, 10, 16);
    private static final Events EVENTS = new Events(
            "a", 120, 10, 4, new long[] {121, 121, 121, 124}, new int[] {0, 3, 3, 1}, new float[] {1, 2, 0.5f, -1});
    private static final Rejected REJECTED = new Rejected(
            "spikes", 3, 1042, "arm-7", RejectReason.WRONG_CHANNELS, "got 63 channels, expected 64", new byte[] {1, 2, 3
            });
    private static final Rejected REJECTED_WITHOUT_STREAM =
            new Rejected("spikes", 0, 0, null, RejectReason.NO_STREAM, "the record has no key", null);

    private static final long RUN = 1_763_700_000;
    private static final Chunk OF_A_RUN = new Chunk("a", RUN, 120, 10, 16, RAMP.values());
    private static final Chunk HEARTBEAT = new Chunk("a", RUN, 120, 0, 16, new float[0]);
    private static final Events SILENCE = new Events("a", RUN, 120, 0, 4, new long[0], new int[0], new float[0]);
    private static final Samples SAMPLES = new Samples(
            "a",
            0,
            2,
            new long[] {1_763_700_000_123_456_789L, 0, 1_763_700_000_000_000_000L},
            TestingChunks.ramp("a", 0, 3, 2).values());
    private static final Samples SAMPLES_OF_A_RUN = new Samples("a", RUN, 2, SAMPLES.times(), SAMPLES.values());
    private static final Samples NO_SAMPLES = new Samples("a", RUN, 2, new long[0], new float[0]);
    private static final Notice NOTICE =
            new Notice("arm-7", NoticeKind.GAP_ZEROS, 2, 1 << 20, 30, "spikes", 3, 1042, "30 steps were missing");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "riffle-raster.arrows",
                "pyarrow-raster.arrows",
                "pyarrow-raster-not-null.arrows",
                "pyarrow-raster-batches.arrows",
                "pyarrow-raster-file.arrow",
                "pyarrow-raster-lz4.arrows",
                "pyarrow-raster-zstd.arrows",
                "pyarrow-raster-zstd-file.arrow",
                "pyarrow-raster-metadata.arrows",
                "pyarrow-raster-first-step.arrows"
            })
    void rastersDecode(String name) {
        DecodedChunk decoded = ChunkDecoder.anything().decodeWithMetadata("a", TestingChunks.golden(name));
        assertThat(decoded.chunk()).isEqualTo(RAMP);
        assertThat(decoded.dt()).isEqualTo(0.001);
        assertThat(decoded.recordPath()).isEmpty();
        assertThat(decoded.format()).isEqualTo("raster/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pyarrow-raster-large-zstd.arrows", "pyarrow-raster-large-lz4.arrows"})
    void largeRastersDecode(String name) {
        assertThat(new ChunkDecoder(64, 0.001).decode("a", TestingChunks.golden(name)))
                .isEqualTo(TestingChunks.ramp("a", 1L << 40, 1000, 64));
    }

    @Test
    void aRasterWithoutStepsBeginsAtStepZero() {
        assertThat(ChunkDecoder.anything().decode("a", TestingChunks.golden("pyarrow-raster-no-step.arrows")))
                .isEqualTo(TestingChunks.ramp("a", 0, 10, 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"riffle-record.arrows", "pyarrow-record.arrows"})
    void recordsDecode(String name) {
        DecodedChunk decoded = ChunkDecoder.anything().decodeWithMetadata("a", TestingChunks.golden(name));
        assertThat(decoded.chunk()).isEqualTo(RAMP);
        assertThat(decoded.recordPath()).contains("1_LIF.vmem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"riffle-events.arrows", "pyarrow-events.arrows", "pyarrow-events-zstd-file.arrow"})
    void eventsDecode(String name) {
        float[] values = new float[40];
        values[4] = 1;
        values[7] = 2.5f;
        values[17] = -1;
        DecodedChunk decoded = ChunkDecoder.anything().decodeWithMetadata("a", TestingChunks.golden(name));
        assertThat(decoded.chunk()).isEqualTo(new Chunk("a", 120, 10, 4, values));
        assertThat(decoded.format()).isEqualTo("events/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"riffle-raster-run.arrows", "pyarrow-raster-run.arrows"})
    void rastersOfARunDecode(String name) {
        assertThat(ChunkDecoder.anything().decode("a", TestingChunks.golden(name)))
                .isEqualTo(OF_A_RUN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"riffle-raster-heartbeat.arrows", "pyarrow-raster-heartbeat.arrows"})
    void heartbeatsDecode(String name) {
        assertThat(ChunkDecoder.anything().decode("a", TestingChunks.golden(name)))
                .isEqualTo(HEARTBEAT);
    }

    @Test
    void heartbeatsOfEventsDecode() {
        assertThat(ChunkDecoder.anything().decode("a", TestingChunks.golden("riffle-events-heartbeat.arrows")))
                .isEqualTo(new Chunk("a", RUN, 120, 0, 4, new float[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "riffle-samples.arrows",
                "pyarrow-samples.arrows",
                "pyarrow-samples-no-zone.arrows",
                "pyarrow-samples-batches.arrows"
            })
    void samplesDecode(String name) {
        assertThat(ChunkDecoder.anything().decodePayload("a", TestingChunks.golden(name)))
                .isEqualTo(SAMPLES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"riffle-samples-run.arrows", "pyarrow-samples-run.arrows"})
    void samplesOfARunDecode(String name) {
        assertThat(ChunkDecoder.anything().decodePayload("a", TestingChunks.golden(name)))
                .isEqualTo(SAMPLES_OF_A_RUN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"riffle-samples-heartbeat.arrows", "pyarrow-samples-heartbeat.arrows"})
    void heartbeatsOfSamplesDecode(String name) {
        assertThat(ChunkDecoder.anything().decodePayload("a", TestingChunks.golden(name)))
                .isEqualTo(NO_SAMPLES);
    }

    @Test
    void filesOfSamplesDecode() {
        Path file = TestingChunks.GOLDEN.resolve("pyarrow-samples-streams.arrow");
        try (SamplesFileReader reader = new SamplesFileReader(file, "unused")) {
            assertThat(reader)
                    .containsExactly(
                            new Samples("a", 0, 2, new long[] {5}, new float[] {-1, -0.75f}), // here a batch ends
                            new Samples("a", 0, 2, new long[] {3}, new float[] {-0.5f, -0.25f}),
                            new Samples("b", 3, 2, new long[] {4}, new float[] {0, 0.25f}),
                            new Samples("b", 4, 2, new long[] {4}, new float[] {0.5f, 0.75f}));
        }
    }

    @Test
    void noticesDecode() {
        assertThat(NoticeFormat.decode(TestingChunks.golden("riffle-notice.arrows")))
                .isEqualTo(NOTICE);
    }

    @Test
    void rejectedRecordsDecode() {
        assertThat(RejectedFormat.decode(TestingChunks.golden("riffle-rejected.arrows")))
                .isEqualTo(REJECTED);
        assertThat(RejectedFormat.decode(TestingChunks.golden("riffle-rejected-no-stream.arrows")))
                .isEqualTo(REJECTED_WITHOUT_STREAM);
    }

    @Test
    void oursAreWrittenAgainByteForByte() {
        assertThat(new ChunkEncoder(0.001).encode(RAMP)).isEqualTo(TestingChunks.golden("riffle-raster.arrows"));
        assertThat(ChunkEncoder.forRecord(0.001, "1_LIF.vmem").encode(RAMP))
                .isEqualTo(TestingChunks.golden("riffle-record.arrows"));
        assertThat(new EventsEncoder(0.001).encode(EVENTS)).isEqualTo(TestingChunks.golden("riffle-events.arrows"));
        assertThat(RejectedFormat.encode(REJECTED)).isEqualTo(TestingChunks.golden("riffle-rejected.arrows"));
        assertThat(RejectedFormat.encode(REJECTED_WITHOUT_STREAM))
                .isEqualTo(TestingChunks.golden("riffle-rejected-no-stream.arrows"));
        assertThat(new ChunkEncoder(0.001).encode(OF_A_RUN))
                .isEqualTo(TestingChunks.golden("riffle-raster-run.arrows"));
        assertThat(new ChunkEncoder(0.001).encode(HEARTBEAT))
                .isEqualTo(TestingChunks.golden("riffle-raster-heartbeat.arrows"));
        assertThat(new EventsEncoder(0.001).encode(SILENCE))
                .isEqualTo(TestingChunks.golden("riffle-events-heartbeat.arrows"));
        assertThat(SamplesEncoder.encode(SAMPLES)).isEqualTo(TestingChunks.golden("riffle-samples.arrows"));
        assertThat(SamplesEncoder.encode(SAMPLES_OF_A_RUN))
                .isEqualTo(TestingChunks.golden("riffle-samples-run.arrows"));
        assertThat(SamplesEncoder.encode(NO_SAMPLES))
                .isEqualTo(TestingChunks.golden("riffle-samples-heartbeat.arrows"));
        assertThat(NoticeFormat.encode(NOTICE)).isEqualTo(TestingChunks.golden("riffle-notice.arrows"));
    }

    @Test
    void filesOfInterleavedStreamsDecode() {
        float[] all = TestingChunks.ramp("", 0, 8, 3).values();
        assertThat(chunks("pyarrow-streams.arrow"))
                .containsExactly(
                        part("a", 0, all, 0, 2),
                        part("b", 50, all, 2, 3), // here the first batch ends
                        part("b", 51, all, 3, 4),
                        part("a", 2, all, 4, 6),
                        part("b", 52, all, 6, 7),
                        part("a", 9, all, 7, 8));
        assertThat(chunks("pyarrow-streams-no-step.arrows"))
                .containsExactly(
                        part("a", 0, all, 0, 2),
                        part("b", 0, all, 2, 4),
                        part("a", 2, all, 4, 6),
                        part("b", 2, all, 6, 7),
                        part("a", 4, all, 7, 8));
    }

    @Test
    void everyGoldenFileIsUsedHere() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/riffle/schemas/GoldenTest.java"));
        try (Stream<Path> files = Files.list(TestingChunks.GOLDEN)) {
            Set<String> beside = Set.of("README.md", "make_golden.py");
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !beside.contains(name)))
                    .allSatisfy(name -> assertThat(source).contains('"' + name + '"'));
        }
    }

    private static List<Chunk> chunks(String name) {
        List<Chunk> chunks = new java.util.ArrayList<>();
        try (ChunkFileReader reader = new ChunkFileReader(TestingChunks.GOLDEN.resolve(name), "unused")) {
            reader.forEach(decoded -> chunks.add(decoded.chunk()));
        }
        return chunks;
    }

    private static Chunk part(String stream, long firstStep, float[] rows, int from, int until) {
        return new Chunk(stream, firstStep, until - from, 3, java.util.Arrays.copyOfRange(rows, from * 3, until * 3));
    }
}
