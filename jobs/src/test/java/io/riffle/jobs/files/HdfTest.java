package io.riffle.jobs.files;

import static io.riffle.jobs.files.TestingInput.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.riffle.schemas.Chunk;
import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HdfTest {
    @TempDir
    private Path folder;

    private Path hdf(Map<String, Object> datasets) {
        Path file = folder.resolve("a.h5");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            datasets.forEach(hdf::putDataset);
        }
        return file;
    }

    @Test
    void rowsOfADataSetAreSteps() {
        Path floats = hdf(Map.of("x", new float[][] {{1, 2, 3}, {4, 5, 6}}));
        assertThat(TestingInput.chunks(floats, InputSettings.NONE))
                .containsExactly(new Chunk("0", 0, 2, 3, new float[] {1, 2, 3, 4, 5, 6}));
        Path ints = hdf(Map.of("x", new int[] {7, 8}));
        assertThat(TestingInput.values(ints, InputSettings.NONE)).containsExactly(7, 8);
        Path batch = hdf(Map.of("x", new double[][][] {{{1}, {2}}, {{3}, {4}}}));
        assertThat(TestingInput.chunks(batch, InputSettings.NONE))
                .containsExactly(
                        new Chunk("0", 0, 2, 1, new float[] {1, 2}), new Chunk("1", 0, 2, 1, new float[] {3, 4}));
    }

    @Test
    void aLongDataSetIsReadInPieces() {
        float[] values = new float[5000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Path file = hdf(Map.of("x", values));
        assertThat(TestingInput.chunks(file, InputSettings.NONE)).hasSize(5);
        assertThat(TestingInput.values(file, InputSettings.NONE)).isEqualTo(values);
    }

    @Test
    void whichDataSetIsAsked() {
        Map<String, Object> two = new LinkedHashMap<>();
        two.put("spikes", new float[] {1});
        two.put("labels", new float[] {2});
        Path file = hdf(two);
        assertThat(TestingInput.values(file, TestingInput.withDataset("/labels")))
                .containsExactly(2);
        assertThat(TestingInput.values(file, TestingInput.withDataset("spikes")))
                .containsExactly(1);
        assertThatThrownBy(() -> TestingInput.chunks(file, InputSettings.NONE))
                .isInstanceOf(RiffleException.class)
                .hasMessageContaining("holds the data sets")
                .hasMessageContaining("expected --dataset PATH to choose one");
        assertThatThrownBy(() -> TestingInput.chunks(file, TestingInput.withDataset("/spike")))
                .isInstanceOf(RiffleException.class)
                .hasMessageContaining("has no data set '/spike'")
                .hasMessageContaining("did you mean '/spikes'?");
    }

    @Test
    void whatIsNoDataSetOfStepsIsRefused() throws IOException {
        assertRefused(
                hdf(Map.of("x", new float[1][1][1][1])),
                InputSettings.NONE,
                ", data set /x has the shape (1, 1, 1, 1), expected (T), (T, N) or (B, T, N): steps, channels, streams");
        assertRefused(
                hdf(Map.of("x", new String[] {"a", "b"})),
                InputSettings.NONE,
                ", data set /x holds String, expected floats or whole numbers");
        Path file = hdf(Map.of("x", new float[1000]));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertRefused(
                file,
                InputSettings.NONE,
                " was cut: %d bytes are there, its header says %d".formatted(whole.length / 2, whole.length));
        Files.write(file, "no HDF5 file, only words".getBytes());
        assertThatThrownBy(() -> TestingInput.chunks(file, InputSettings.NONE))
                .isInstanceOf(RiffleException.class)
                .hasMessageStartingWith(file + " is no HDF5 file that can be read: ");
    }
}
