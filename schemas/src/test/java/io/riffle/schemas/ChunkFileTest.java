package io.riffle.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.schemas.ChunkFileWriter.Encapsulation;
import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"a.arrow,true", "a.feather,true", "a.arrows,false", "a.bin,false"})
    void givesBackWhatWasWrittenInTheFormatOfTheName(String name, boolean fileFormat) throws IOException {
        List<Chunk> chunks = List.of(
                TestingChunks.ramp("a", 0, 3, 2), TestingChunks.ramp("", 7, 1, 2), TestingChunks.ramp("a", 3, 2, 2));
        Path file = write(name, chunks);
        byte[] magic = "ARROW1".getBytes(StandardCharsets.US_ASCII);
        assertThat(Arrays.equals(Files.readAllBytes(file), 0, 6, magic, 0, 6)).isEqualTo(fileFormat);
        assertThat(read(file)).isEqualTo(chunks);
    }

    @Test
    void joinsWhatBelongsTogether() {
        Path file = write(
                "a.arrow",
                List.of(
                        TestingChunks.ramp("a", 0, 3, 2),
                        TestingChunks.ramp("a", 3, 3, 2),
                        TestingChunks.ramp("a", 9, 1, 2)));
        assertThat(read(file))
                .extracting(Chunk::toString)
                .containsExactly("Chunk a steps 0..6, f32[6,2]", "Chunk a steps 9..10, f32[1,2]");
    }

    @Test
    void cutsLongChunksIntoBatches() {
        Chunk chunk = TestingChunks.ramp("a", 1L << 50, 50_000, 16);
        List<Chunk> read = read(write("a.arrow", List.of(chunk)));
        assertThat(read).hasSize(4);
        float[] values = new float[chunk.values().length];
        for (Chunk part : read) {
            int from = (int) (part.firstStep() - chunk.firstStep()) * 16;
            System.arraycopy(part.values(), 0, values, from, part.values().length);
        }
        assertThat(values).isEqualTo(chunk.values());
    }

    @Test
    void tellsDtRecordPathChannelsAndProgress() {
        Path file = folder.resolve("record.bin");
        try (ChunkFileWriter writer = new ChunkFileWriter(file, 0.02, Optional.of("1_LIF.vmem"), Encapsulation.FILE)) {
            writer.append(TestingChunks.ramp("a", 0, 3, 2));
        }
        try (ChunkFileReader reader = new ChunkFileReader(file, "unused")) {
            assertThat(reader.dt()).isEqualTo(0.02);
            assertThat(reader.channels()).isEqualTo(2);
            long before = reader.position();
            assertThat(reader.iterator().next().recordPath()).contains("1_LIF.vmem");
            assertThat(reader.position()).isGreaterThan(before).isLessThan(reader.size());
        }
    }

    @Test
    void readsARecordsValueAsAFile() throws IOException {
        Path raster =
                Files.write(folder.resolve("raster.arrows"), TestingChunks.golden("pyarrow-raster-no-step.arrows"));
        assertThat(read(raster)).containsExactly(TestingChunks.ramp("only", 0, 10, 16));
        Path events = Files.write(folder.resolve("events.arrows"), TestingChunks.golden("pyarrow-events.arrows"));
        assertThat(read(events))
                .containsExactly(ChunkDecoder.anything().decode("only", TestingChunks.golden("riffle-events.arrows")));
    }

    @Test
    void silentStepsOfEventsAreThere() throws IOException {
        Events events = new Events("", 5, 100_000, 2, new long[] {70_000}, new int[] {1}, new float[] {3});
        Path file = Files.write(folder.resolve("events.arrows"), new EventsEncoder(0.001).encode(events));
        long next = 5;
        for (Chunk chunk : read(file)) {
            assertThat(chunk.firstStep()).isEqualTo(next);
            next = chunk.endStep();
            for (int cell = 0; cell < chunk.values().length; cell++) {
                boolean event = chunk.firstStep() + cell / 2 == 70_000 && cell % 2 == 1;
                assertThat(chunk.values()[cell]).isEqualTo(event ? 3 : 0);
            }
        }
        assertThat(next).isEqualTo(100_005);
    }

    @Test
    void runsOfStreamsComeBack() {
        List<Chunk> chunks = List.of(
                new Chunk("a", 0, 5, 2, 1, new float[] {1, 2}),
                new Chunk("b", 9, 0, 1, 1, new float[] {3}),
                new Chunk("b", 10, 1, 1, 1, new float[] {4}), // its step is the next, its run is not the same
                new Chunk("a", 1, 0, 2, 1, new float[] {5, 6}));
        Path file = folder.resolve("a.arrow");
        try (ChunkFileWriter writer = new ChunkFileWriter(file, 0.001, Optional.empty(), Encapsulation.FILE, true)) {
            chunks.forEach(writer::append);
        }
        assertThat(read(file)).isEqualTo(chunks);
        try (ChunkFileReader reader = new ChunkFileReader(file, "only")) {
            assertThat(reader.hasRuns()).isTrue();
        }
    }

    @Test
    void aFileWithoutAColumnForThemTakesNoOtherRuns() {
        Chunk later = new Chunk("a", 1, 0, 1, 2, new float[2]);
        assertThatThrownBy(() -> write("a.arrow", List.of(TestingChunks.ramp("a", 0, 1, 2), later)))
                .isInstanceOf(RiffleException.class)
                .hasMessageEndingWith(
                        "a.arrow: got Chunk a run 1 steps 0..1, f32[1,2], expected run 0, as the file has no column run");
    }

    @Test
    void readsARecordOfARunAsAFile() throws IOException {
        Chunk chunk = new Chunk("only", 3, 7, 2, 1, new float[] {1, 2});
        Path raster = Files.write(folder.resolve("raster.arrows"), new ChunkEncoder(0.001).encode(chunk));
        assertThat(read(raster)).containsExactly(chunk);
        Path events = Files.write(folder.resolve("events.arrows"), new EventsEncoder(0.001).encode(chunk));
        assertThat(read(events)).containsExactly(chunk);
        Chunk heartbeat = new Chunk("only", 3, 7, 0, 1, new float[0]);
        assertThat(read(Files.write(raster, new ChunkEncoder(0.001).encode(heartbeat))))
                .isEmpty();
        assertThat(read(Files.write(events, new EventsEncoder(0.001).encode(heartbeat))))
                .isEmpty();
    }

    @Test
    void aFileWithoutStepsMaySayItsFirst() throws IOException {
        Path file = Files.write(
                folder.resolve("raster.arrows"),
                TestingChunks.rasterWithoutSteps(TestingChunks.rasterMetadata(Formats.FIRST_STEP, "70"), 1, 2));
        assertThat(read(file)).containsExactly(new Chunk("only", 70, 1, 2, new float[] {1, 2}));
        Path other = Files.write(
                folder.resolve("other.arrows"),
                TestingChunks.raster(
                        TestingChunks.rasterMetadata(Formats.FIRST_STEP, "70"),
                        TestingChunks.rasterColumns(),
                        new long[] {71},
                        1,
                        2));
        assertThatThrownBy(() -> read(other))
                .hasMessage(other + ": got step 71 first, expected step 70 as schema metadata riffle.first_step says");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.arrow", "a.arrows"})
    void samplesComeBackRecordByRecord(String name) {
        List<Samples> records = List.of(
                new Samples("a", 0, 2, new long[] {5, 3}, new float[] {1, 2, 3, 4}),
                new Samples("a", 0, 2, new long[] {9}, new float[] {5, 6}),
                new Samples("b", 4, 2, new long[] {1L << 60, 0}, new float[] {7, 8, 9, 10}));
        Path file = folder.resolve(name);
        try (SamplesFileWriter writer = new SamplesFileWriter(file, ChunkFileWriter.encapsulationOf(file))) {
            records.forEach(writer::append);
            writer.append(new Samples("a", 0, 2, new long[0], new float[0])); // leaves nothing
            assertThatThrownBy(() -> writer.append(new Samples("a", 0, 1, new long[1], new float[1])))
                    .hasMessage(file + ": got Samples a, f32[1,1], expected 2 channels as before");
        }
        assertThat(Formats.of(file)).contains(Formats.SAMPLES);
        try (SamplesFileReader reader = new SamplesFileReader(file, "only")) {
            assertThat(reader.channels()).isEqualTo(2);
            assertThat(reader).containsExactlyElementsOf(records);
        }
        assertThatThrownBy(() -> new ChunkFileReader(file, "only"))
                .hasMessage(file + ": it holds samples/1, expected raster/1 or events/1");
    }

    @Test
    void aFileOfStepsHoldsNoSamples() {
        Path file = write("a.arrow", List.of(TestingChunks.ramp("a", 0, 1, 2)));
        assertThatThrownBy(() -> new SamplesFileReader(file, "only"))
                .isInstanceOf(BadChunkException.class)
                .hasMessage(file + ": it holds raster/1, expected samples/1");
    }

    @Test
    void aStreamThatIsStillWrittenReadsUpToItsLastBatch() throws IOException {
        Path file = write("a.arrows", List.of(TestingChunks.ramp("a", 0, 3, 2)));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 8));
        assertThat(read(file)).hasSize(1);
    }

    @Test
    void nothingIsAValidFileToo() {
        Path file = write("a.arrow", List.of());
        assertThatThrownBy(() -> read(file)).hasMessage(file + ": column values has 0 channels, expected at least 1");
    }

    @Test
    void mistakesNameFileAndRow() throws IOException {
        float[] values = new float[20];
        values[13] = Float.NaN;
        Path file =
                write("a.arrow", List.of(new Chunk("a", 100, 5, 4, new float[20]), new Chunk("b", 7, 5, 4, values)));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(BadChunkException.class)
                .hasMessage(file + ": row 8: step 10, channel 1 is NaN, expected a finite value");

        Path events = Files.write(
                folder.resolve("events.arrows"),
                TestingChunks.events(
                        TestingChunks.eventsMetadata(Formats.DT, "0.001"),
                        new long[] {121, 122},
                        new int[] {0, 9},
                        new float[2]));
        assertThatThrownBy(() -> read(events))
                .hasMessage(events + ": row 1: an event at step 122 is in channel 9, expected one from 0 until 4");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 100, 400, 1000})
    void aCutFileIsAMistake(int length) throws IOException {
        Path file = write("a.arrow", List.of(TestingChunks.ramp("a", 0, 30, 7)));
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(BadChunkException.class)
                .hasMessageStartingWith(file + ": it ");
    }

    @Test
    void filesThatCannotBeOpenedAreNamed() {
        Path missing = folder.resolve("missing.arrow");
        assertThatThrownBy(() -> new ChunkFileReader(missing, "a"))
                .isInstanceOf(RiffleException.class)
                .hasMessage(missing + ": no such file");
        assertThatThrownBy(() -> new ChunkFileReader(folder, "a"))
                .hasMessage(folder + ": cannot be read: Is a directory");
        Path below = missing.resolve("b.arrow");
        assertThatThrownBy(() -> new ChunkFileWriter(below, 0.001))
                .isInstanceOf(RiffleException.class)
                .hasMessage(below + ": cannot be written: its folder does not exist");
    }

    @Test
    void allChunksOfAFileHaveTheSameChannels() {
        Path file = folder.resolve("a.arrow");
        try (ChunkFileWriter writer = new ChunkFileWriter(file, 0.001)) {
            writer.append(TestingChunks.ramp("a", 0, 1, 2));
            assertThatThrownBy(() -> writer.append(TestingChunks.ramp("a", 1, 1, 3)))
                    .isInstanceOf(RiffleException.class)
                    .hasMessage(file + ": got Chunk a steps 1..2, f32[1,3], expected 2 channels as before");
        }
    }

    @Test
    void aFileIsPassedOnce() {
        try (ChunkFileReader reader =
                new ChunkFileReader(write("a.arrow", List.of(TestingChunks.ramp("a", 0, 1, 2))), "a")) {
            assertThat(reader).hasSize(1);
            assertThatThrownBy(reader::iterator)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith("is read once; open it again for a second pass");
        }
    }

    private Path write(String name, List<Chunk> chunks) {
        Path file = folder.resolve(name);
        try (ChunkFileWriter writer = new ChunkFileWriter(file, 0.001)) {
            chunks.forEach(writer::append);
        }
        return file;
    }

    private static List<Chunk> read(Path file) {
        List<Chunk> chunks = new ArrayList<>();
        try (ChunkFileReader reader = new ChunkFileReader(file, "only")) {
            reader.forEach(decoded -> chunks.add(decoded.chunk()));
        }
        return chunks;
    }
}
