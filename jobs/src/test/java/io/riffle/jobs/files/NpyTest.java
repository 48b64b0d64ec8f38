package io.riffle.jobs.files;

import static io.riffle.jobs.files.TestingInput.assertRefused;
import static io.riffle.jobs.files.TestingNpy.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.DecodedChunk;
import io.riffle.schemas.Formats;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyTest {
    @TempDir
    private Path folder;

    private Path npy(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("a.npy"), bytes);
    }

    private Path npz(Map<String, byte[]> arrays) throws IOException {
        Path file = folder.resolve("a.npz");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey()));
                zip.write(array.getValue());
            }
        }
        return file;
    }

    @ParameterizedTest
    @CsvSource({
        "<f4, 0000c03f 000010c1, 1.5 -9",
        ">f4, 3fc00000 c1100000, 1.5 -9",
        "<f8, 000000000000f83f 00000000000022c0, 1.5 -9",
        ">f8, 3ff8000000000000 c022000000000000, 1.5 -9",
        "<f2, 003e 80c8, 1.5 -9",
        ">f2, 3e00 0001, 1.5 5.9604645e-8",
        "|i1, 01 ff, 1 -1",
        "|u1, 01 ff, 1 255",
        "<i2, 0100 feff, 1 -2",
        ">i2, 0001 fffe, 1 -2",
        "<u2, 0100 feff, 1 65534",
        "<i4, 01000000 feffffff, 1 -2",
        "<u4, 01000000 00000080, 1 2147483648",
        "<i8, 0100000000000000 feffffffffffffff, 1 -2",
        ">u8, 0000000000000001 ffffffffffffffff, 1 18446744073709551615",
        "|b1, 01 00, 1 0",
        "=f4, 0000c03f 000010c1, 1.5 -9"
    })
    void readsEveryTypeOfNumber(String type, String hex, String expected) throws IOException {
        byte[] values = HexFormat.of().parseHex(hex.replace(" ", ""));
        Path file = npy(TestingNpy.file(type, false, "(2,)", values));
        String[] numbers = expected.split(" ");
        assertThat(TestingInput.values(file, InputSettings.NONE))
                .containsExactly(Float.parseFloat(numbers[0]), Float.parseFloat(numbers[1]));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void readsEveryVersion(int version) throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1)}";
        Path file = npy(TestingNpy.file(version, header, floats(3, 4)));
        assertThat(TestingInput.values(file, InputSettings.NONE)).containsExactly(3, 4);
    }

    @Test
    void rowsAreStepsInEitherOrder() throws IOException {
        Path rows = npy(TestingNpy.file("<f4", false, "(2, 3)", floats(1, 2, 3, 4, 5, 6)));
        assertThat(TestingInput.chunks(rows, InputSettings.NONE))
                .containsExactly(new Chunk("0", 0, 2, 3, new float[] {1, 2, 3, 4, 5, 6}));
        Path columns = npy(TestingNpy.file("<f4", true, "(2, 3)", floats(1, 4, 2, 5, 3, 6)));
        assertThat(TestingInput.chunks(columns, InputSettings.NONE))
                .containsExactly(new Chunk("0", 0, 2, 3, new float[] {1, 2, 3, 4, 5, 6}));
    }

    @Test
    void aBatchIsSeveralStreams() throws IOException {
        List<Chunk> expected = List.of(
                new Chunk("0", 0, 2, 2, new float[] {1, 2, 3, 4}), new Chunk("1", 0, 2, 2, new float[] {5, 6, 7, 8}));
        Path file = npy(TestingNpy.file("<f4", false, "(2, 2, 2)", floats(1, 2, 3, 4, 5, 6, 7, 8)));
        assertThat(TestingInput.chunks(file, InputSettings.NONE)).isEqualTo(expected);
        // numpy.asfortranarray of the same
        file = npy(TestingNpy.file("<f4", true, "(2, 2, 2)", floats(1, 5, 3, 7, 2, 6, 4, 8)));
        assertThat(TestingInput.chunks(file, InputSettings.NONE)).isEqualTo(expected);
        InputSettings named = new InputSettings(
                Optional.of("arm"),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                false,
                Optional.empty());
        assertThat(TestingInput.chunks(file, named)).extracting(Chunk::stream).containsExactly("arm-0", "arm-1");
    }

    @Test
    void aLongArrayIsReadInPieces() throws IOException {
        ByteBuffer values = ByteBuffer.allocate(5000 * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 5000; i++) {
            values.putFloat(i);
        }
        List<Chunk> chunks =
                TestingInput.chunks(npy(TestingNpy.file("<f4", false, "(5000,)", values.array())), InputSettings.NONE);
        assertThat(chunks).hasSize(5);
        assertThat(chunks.get(4).values()[0]).isEqualTo(4096);
    }

    @Test
    void whatIsNoArrayOfStepsIsRefused() throws IOException {
        assertRefused(npy(new byte[0]), InputSettings.NONE, " is empty, expected NPY");
        assertRefused(npy("NUMPY not".getBytes()), InputSettings.NONE, " does not begin like a .npy file");
        assertRefused(
                npy(TestingNpy.file("<U5", false, "(2,)", new byte[40])),
                InputSettings.NONE,
                " holds values of the type '<U5', expected floats (f2, f4, f8), whole numbers (i1 to i8, u1 to u8) or bool");
        assertRefused(
                npy(TestingNpy.file("|O", false, "(2,)", new byte[40])),
                InputSettings.NONE,
                " holds values of the type '|O', expected floats (f2, f4, f8), whole numbers (i1 to i8, u1 to u8) or bool");
        assertRefused(
                npy(TestingNpy.file("[('x', '<f4')]", false, "(2,)", new byte[8])),
                InputSettings.NONE,
                " holds values of the type '[('x', '<f4')]', expected floats (f2, f4, f8), whole numbers (i1 to i8, u1 to u8) or bool");
        assertRefused(
                npy(TestingNpy.file("<f4", false, "()", new byte[4])),
                InputSettings.NONE,
                " has the shape (), expected (T), (T, N) or (B, T, N): steps, channels, streams");
        assertRefused(
                npy(TestingNpy.file("<f4", false, "(1, 1, 1, 1)", new byte[4])),
                InputSettings.NONE,
                " has the shape (1, 1, 1, 1), expected (T), (T, N) or (B, T, N): steps, channels, streams");
        assertRefused(
                npy(TestingNpy.file("<f4", false, "(1000000000, 2)", new byte[12])),
                InputSettings.NONE,
                " ends within its values: 12 of 8192 bytes are there");
        assertRefused(
                npy(TestingNpy.file("<f4", false, "(1,)", new byte[12])),
                InputSettings.NONE,
                " goes on behind its array, expected one array in it");
        assertRefused(
                npy(TestingNpy.file(
                        "<f8", false, "(2, 1)", new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -16, 127})),
                InputSettings.NONE,
                ": stream '0', step 1, channel 0 is Infinity, expected a finite value");
        assertRefused(
                npy(TestingNpy.file(4, "{}", new byte[0])),
                InputSettings.NONE,
                " is of version 4.0 of the npy format, expected 1 to 3");
    }

    @Test
    void oneArrayOfAnNpzFileIsRead() throws IOException {
        byte[] spikes = TestingNpy.file("<f4", false, "(2, 1)", floats(1, 2));
        byte[] labels = TestingNpy.file("<f4", false, "(1, 1)", floats(7));
        Path one = npz(Map.of("spikes.npy", spikes, "readme.txt", new byte[3]));
        assertThat(TestingInput.values(one, InputSettings.NONE)).containsExactly(1, 2);
        Path two = npz(new TreeMap<>(Map.of("spikes.npy", spikes, "labels.npy", labels)));
        assertThat(TestingInput.values(two, TestingInput.withDataset("spikes"))).containsExactly(1, 2);
        assertRefused(
                two, InputSettings.NONE, " holds the arrays [labels, spikes], expected --dataset NAME to choose one");
        assertRefused(
                two,
                TestingInput.withDataset("spike"),
                " has no array 'spike', expected one of [labels, spikes], did you mean 'spikes'?");
        assertRefused(npz(Map.of("a.txt", new byte[3])), InputSettings.NONE, " holds no array, expected one");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Path file = folder.resolve("out.npy");
        try (ChunkOutput output = ChunkOutput.to(file, false)) {
            output.append(decoded(new Chunk("arm", 5, 2, 2, new float[] {1, 2, 3, 4})));
            output.append(decoded(new Chunk("arm", 7, 1, 2, new float[] {5, 6})));
        }
        assertThat(TestingInput.chunks(file, InputSettings.NONE))
                .containsExactly(new Chunk("0", 0, 3, 2, new float[] {1, 2, 3, 4, 5, 6}));
    }

    @Test
    void anNpyFileHoldsOneStreamWithoutGaps() {
        Path file = folder.resolve("out.npy");
        try (ChunkOutput output = ChunkOutput.to(file, false)) {
            output.append(decoded(new Chunk("arm", 5, 1, 2, new float[] {1, 2})));
            assertThatThrownBy(() -> output.append(decoded(new Chunk("leg", 6, 1, 2, new float[] {1, 2}))))
                    .hasMessage(
                            "%s: got Chunk leg steps 6..7, f32[1,2] after Chunk arm steps 5..6, f32[1,2], expected what follows it, as a .npy file holds one stream without gaps; .arrow and .csv hold all",
                            file);
        }
    }

    private static DecodedChunk decoded(Chunk chunk) {
        return new DecodedChunk(chunk, 0.01, Optional.empty(), Formats.RASTER);
    }
}
