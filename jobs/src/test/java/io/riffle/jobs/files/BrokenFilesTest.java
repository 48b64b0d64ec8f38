package io.riffle.jobs.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.riffle.sim.RiffleException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, it is read or refused with one sentence, and what it claims is not allocated. */
class BrokenFilesTest {
    private static final int MUTATIONS = 500;
    private static final InputSettings SETTINGS = new InputSettings(
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.of(0.001),
            OptionalInt.empty(),
            Optional.empty(),
            true,
            Optional.empty());
    private static final int[][] EVENTS = {{0, 3, 1, 1}, {999, 3, 1, 1}, {1500, 0, 2, 0}};

    @TempDir
    private Path folder;

    @Test
    void npy() throws IOException {
        mutate("a.npy", TestingNpy.file("<f4", false, "(2, 3)", TestingNpy.floats(1, 2, 3, 4, 5, 6)));
        mutate("b.npy", TestingNpy.file(">i2", true, "(2, 2, 3)", new byte[24]));
    }

    @Test
    void npz() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("x.npy"));
            zip.write(TestingNpy.file("<f4", false, "(2, 3)", TestingNpy.floats(1, 2, 3, 4, 5, 6)));
        }
        mutate("a.npz", bytes.toByteArray());
    }

    @Test
    void wav() throws IOException {
        mutate("a.wav", TestingWav.file(1, 2, 1000, 16, new byte[40]));
        mutate("b.wav", TestingWav.file(3, 1, 8000, 32, new byte[40]));
    }

    @Test
    void aedat() throws IOException {
        mutate("a.aedat", TestingAedat.version2("DVS128", EVENTS));
        mutate("b.aedat", TestingAedat.version3("DVS128", EVENTS));
    }

    @Test
    void hdf() throws IOException {
        Path file = folder.resolve("whole.h5");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            hdf.putDataset("x", new float[][] {{1, 2, 3}, {4, 5, 6}});
        }
        mutate("a.h5", Files.readAllBytes(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "npy", "npz", "wav", "aedat", "h5", "arrow", "arrows"})
    void anEmptyFileIsSaidToBeOne(String ending) throws IOException {
        Path file = Files.createFile(folder.resolve("a." + ending));
        assertThatThrownBy(() -> readSome(file))
                .isInstanceOf(RiffleException.class)
                .hasMessageStartingWith(file + " is empty, expected ");
    }

    /** Some bytes changed, or the end cut off, or something behind it; always the same, by their seeds. */
    private void mutate(String name, byte[] whole) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, whole);
        assertThat(TestingInput.chunks(file, SETTINGS)).isNotEmpty();
        int refused = 0;
        for (int seed = 0; seed < MUTATIONS; seed++) {
            Random random = new Random(seed);
            byte[] bytes =
                    Arrays.copyOf(whole, random.nextInt(4) > 0 ? whole.length : random.nextInt(whole.length + 9));
            for (int change = random.nextInt(4); change > 0 && bytes.length > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt() : -1);
            }
            Files.write(file, bytes);
            refused += isRefused(file, "%s, seed %d".formatted(name, seed)) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(MUTATIONS / 20);
    }

    private static boolean isRefused(Path file, String where) {
        return assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            try {
                readSome(file);
                return false;
            } catch (RiffleException told) {
                assertThat(told.getMessage()).as(where).startsWith(file.toString());
                return true;
            } catch (RuntimeException | Error other) {
                throw new AssertionError(where, other);
            }
        });
    }

    /** A wrong time may mean hours of silence, which are steps like others. */
    private static void readSome(Path file) {
        try (ChunkInput input = new InputFile(file, SETTINGS).openSteps(stream -> 0)) {
            for (int chunks = 0; chunks < 5 && input.hasNext(); chunks++) {
                input.next();
            }
        }
    }
}
