package io.riffle.jobs.files;

import static io.riffle.jobs.files.TestingInput.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.Chunk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
    private static final int[][] EVENTS = {{5000, 3, 1, 1}, {5999, 3, 1, 1}, {6000, 0, 2, 0}, {8100, 127, 127, 1}};

    @TempDir
    private Path folder;

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Path csv(String text) throws IOException {
        return file("events.csv", text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputSettings settings(double dt, int width, int height) {
        return new InputSettings(
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.of(dt),
                OptionalInt.empty(),
                Optional.empty(),
                false,
                Optional.of(new SensorSize(width, height)));
    }

    /** Counts as {@code step channel count}. */
    private static List<String> counts(Path file, InputSettings settings) {
        return TestingInput.chunks(file, settings).stream()
                .flatMap(chunk -> IntStream.range(0, chunk.values().length)
                        .filter(cell -> chunk.values()[cell] != 0)
                        .mapToObj(cell -> "%d %d %.0f"
                                .formatted(
                                        chunk.firstStep() + cell / chunk.channels(),
                                        cell % chunk.channels(),
                                        chunk.values()[cell])))
                .toList();
    }

    @Test
    void eventsAreCountedForEachPixelAndPolarity() throws IOException {
        Path file = csv("t,x,y,p\n5000,3,1,1\n5999,3,1,1\n6000,0,2,-1\n8100,0,0,0\n");
        List<Chunk> chunks = TestingInput.chunks(file, settings(0.001, 4, 3));
        assertThat(chunks).hasSize(1);
        assertThat(chunks.get(0).steps()).isEqualTo(4);
        assertThat(chunks.get(0).channels()).isEqualTo(24);
        // (polarity * height + y) * width + x
        assertThat(counts(file, settings(0.001, 4, 3))).containsExactly("0 19 2", "1 8 1", "3 0 1");
    }

    @Test
    void theColumnsOfEventsAreKnownByTheirNames() throws IOException {
        Path file = csv("x,y,p,t\n3,1,1,5000\n3,1,1,5999\n0,2,-1,6000\n0,0,0,8100\n");
        assertThat(counts(file, settings(0.001, 4, 3))).containsExactly("0 19 2", "1 8 1", "3 0 1");
    }

    @Test
    void theCameraIsKnownByItsName() throws IOException {
        int on = 128 * 128;
        List<String> expected = List.of(
                "0 %d 2".formatted(on + 128 + 3),
                "1 %d 1".formatted(2 * 128),
                "3 %d 1".formatted(on + 127 * 128 + 127));
        Path small = file("a.aedat", TestingAedat.version2("DVS128", EVENTS));
        assertThat(counts(small, TestingInput.withDt(0.001))).isEqualTo(expected);
        Path third = file("b.aedat", TestingAedat.version3("DVS128", EVENTS));
        assertThat(counts(third, TestingInput.withDt(0.001))).isEqualTo(expected);
        int large = 346 * 260;
        Path davis = file("c.aedat", TestingAedat.version2("eu.seebetter.ini.chips.davis.Davis346blue", EVENTS));
        assertThat(counts(davis, TestingInput.withDt(0.001)))
                .containsExactly(
                        "0 %d 2".formatted(large + 346 + 3),
                        "1 %d 1".formatted(2 * 346),
                        "3 %d 1".formatted(large + 127 * 346 + 127));
    }

    @Test
    void silenceIsStepsOfZeros() throws IOException {
        Path file = csv("t,x,y,p\n0,0,0,1\n5000000,0,0,1\n");
        List<Chunk> chunks = TestingInput.chunks(file, settings(0.001, 1, 1));
        assertThat(chunks).hasSize(5);
        assertThat(chunks.stream().mapToInt(Chunk::steps).sum()).isEqualTo(5001);
        assertThat(counts(file, settings(0.001, 1, 1))).containsExactly("0 1 1", "5000 1 1");
    }

    @Test
    void whatIsNoEventOfTheSensorIsRefused() throws IOException {
        InputSettings settings = settings(0.001, 4, 3);
        assertRefused(
                csv("t,x,y,p\n1,0,0,1\n2,4,0,1\n"), settings, ": event 1 is of the pixel (4, 0), expected one of 4x3");
        assertRefused(
                csv("t,x,y,p\n1,0,0,1\n2,-1,0,1\n"),
                settings,
                ": event 1 is of the pixel (-1, 0), expected one of 4x3");
        assertRefused(
                csv("t,x,y,p\n5000,0,0,1\n1,0,0,1\n"),
                settings,
                ": event 1 is at 1 us, the one before at 5000 us, expected times that go up, by at most a day");
        assertRefused(
                csv("t,x,y,p\n1,0,0,1\n90000000001,0,0,1\n"),
                settings,
                ": event 1 is at 90000000001 us, the one before at 1 us, expected times that go up, by at most a day");
        assertRefused(csv("t,x,y,p\n0.5,0,0,1\n"), settings, ", line 2: t is '0.5', expected a whole number");
        assertRefused(
                csv("t,x,y,p\n1,0,0,1\n"),
                TestingInput.withDt(0.001),
                " does not say how many pixels its camera has, expected --sensor WIDTHxHEIGHT");
    }

    @Test
    void whatIsNoAedatFileIsRefused() throws IOException {
        byte[] second = TestingAedat.version2("DVS128", EVENTS);
        assertRefused(
                file("a.aedat", Arrays.copyOf(second, second.length - 3)),
                TestingInput.withDt(0.001),
                " ends within an event: 5 of 8 bytes are there");
        byte[] third = TestingAedat.version3("DVS128", EVENTS);
        assertRefused(
                file("a.aedat", Arrays.copyOf(third, third.length - 3)),
                TestingInput.withDt(0.001),
                " ends within a packet: 29 of 32 bytes are there");
        assertRefused(
                file("a.aedat", "#!AER-DAT1.0\r\n".getBytes(StandardCharsets.US_ASCII)),
                TestingInput.withDt(0.001),
                " is AEDAT 1.0, expected AEDAT 2.0 or 3.1, or its events as CSV with the columns t,x,y,p");
        assertRefused(
                file("a.aedat4", "#!AER-DAT4.0\r\n\20\0\0\0".getBytes(StandardCharsets.US_ASCII)),
                TestingInput.withDt(0.001),
                " is AEDAT 4.0, expected AEDAT 2.0 or 3.1, or its events as CSV with the columns t,x,y,p");
        assertRefused(
                file("a.aedat", "frames\n".getBytes(StandardCharsets.US_ASCII)),
                TestingInput.withDt(0.001),
                " begins with 'frames', expected #!AER-DAT2.0 or #!AER-DAT3.1");
        assertRefused(
                file("a.aedat", TestingAedat.version2("unknown", EVENTS)),
                TestingInput.withDt(0.001),
                " does not say what camera it is of, expected --sensor WIDTHxHEIGHT");
    }
}
