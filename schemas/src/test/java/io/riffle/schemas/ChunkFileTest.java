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
