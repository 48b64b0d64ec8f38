package io.riffle.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.riffle.schemas.testing.Mutation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes come, a decoder gives a chunk or says what is wrong with them. */
class MutationTest {
    private static final int MUTATIONS = 6_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "riffle-raster.arrows",
                "riffle-events.arrows",
                "pyarrow-raster-batches.arrows",
                "pyarrow-raster-file.arrow",
                "pyarrow-raster-lz4.arrows",
                "pyarrow-raster-zstd.arrows",
                "pyarrow-raster-zstd-file.arrow",
                "pyarrow-events-zstd-file.arrow",
                "riffle-raster-run.arrows",
                "riffle-raster-heartbeat.arrows",
                "riffle-events-heartbeat.arrows",
                "pyarrow-raster-first-step.arrows",
                "riffle-samples-run.arrows",
                "pyarrow-samples-batches.arrows",
                "pyarrow-samples-heartbeat.arrows"
            })
    void mutatedRecordsDecodeOrAreRejected(String name) {
        ChunkDecoder decoder = ChunkDecoder.anything();
        mutate(name, value -> decoder.decodePayload("a", value));
    }

    /** What was learned of well-formed records lets nothing through, and hides nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "riffle-raster.arrows",
                "riffle-raster-run.arrows",
                "pyarrow-raster-batches.arrows",
                "pyarrow-raster-zstd.arrows",
                "pyarrow-raster-first-step.arrows",
                "pyarrow-raster-file.arrow"
            })
    void aDecoderThatKnowsTheRecordSaysTheSameOfItsMutations(String name) {
        ChunkDecoder knowing = ChunkDecoder.anything();
        byte[] original = TestingChunks.golden(name);
        assertThat(said(knowing, original)).isEqualTo(said(knowing, original));
        mutate(name, mutated -> assertThat(said(knowing, mutated)).isEqualTo(said(ChunkDecoder.anything(), mutated)));
    }

    private static Object said(ChunkDecoder decoder, byte[] value) {
        try {
            return decoder.decodePayload("a", value);
        } catch (BadChunkException e) {
            return e.reason() + ": " + e.getMessage();
        }
    }

    @Test
    void mutatedNoticesDecodeOrAreRejected() {
        mutate("riffle-notice.arrows", NoticeFormat::decode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"riffle-rejected.arrows", "riffle-rejected-no-stream.arrows"})
    void mutatedRejectedRecordsDecodeOrAreRejected(String name) {
        mutate(name, RejectedFormat::decode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pyarrow-streams.arrow", "pyarrow-streams-no-step.arrows", "pyarrow-events.arrows"})
    void mutatedFilesAreReadOrRejected(String name, @TempDir Path folder) {
        Path file = folder.resolve(name);
        mutate(name, bytes -> {
            try {
                Files.write(file, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            try (ChunkFileReader reader = new ChunkFileReader(file, "only")) {
                // Silence may be claimed without end, and is read as such; some chunks of it are enough.
                Iterator<DecodedChunk> chunks = reader.iterator();
                for (int chunk = 0; chunk < 20 && chunks.hasNext(); chunk++) {
                    chunks.next();
                }
            }
        });
    }

    @Test
    void mutatedFilesOfSamplesAreReadOrRejected(@TempDir Path folder) {
        Path file = folder.resolve("samples.arrow");
        mutate("pyarrow-samples-streams.arrow", bytes -> {
            try {
                Files.write(file, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            try (SamplesFileReader reader = new SamplesFileReader(file, "only")) {
                reader.forEach(samples -> {});
            }
        });
    }

    /** Wherever a length field stands: one that claims 2 GB allocates nothing. */
    @Test
    void claimsOfManyRowsAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ChunkDecoder decoder = ChunkDecoder.anything();
        for (String name : List.of("riffle-raster.arrows", "riffle-samples.arrows", "riffle-notice.arrows")) {
            byte[] original = TestingChunks.golden(name);
            for (int position = 0; position + 4 <= original.length; position += 4) {
                byte[] lying = original.clone();
                ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putInt(position, Integer.MAX_VALUE);
                long before = threads.getCurrentThreadAllocatedBytes();
                try {
                    decoder.decodePayload("a", lying);
                } catch (BadChunkException e) {
                    // said what is wrong
                }
                assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                        .as("%s, claim at byte %d", name, position)
                        .isLessThan(1_000_000);
            }
        }
    }

    private static void mutate(String name, Consumer<byte[]> decode) {
        byte[] original = TestingChunks.golden(name);
        for (int seed = 0; seed < MUTATIONS; seed++) {
            byte[] mutated = Mutation.of(original, new Random(seed));
            try {
                decode.accept(mutated);
            } catch (BadChunkException e) {
                // said what is wrong
            } catch (Throwable e) {
                fail("%s, seed %d: got %s, expected a chunk or a BadChunkException".formatted(name, seed, e), e);
            }
        }
    }
}
