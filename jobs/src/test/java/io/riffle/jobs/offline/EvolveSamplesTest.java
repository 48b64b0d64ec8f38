package io.riffle.jobs.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.ChunkFileWriter.Encapsulation;
import io.riffle.schemas.Samples;
import io.riffle.schemas.SamplesEncoder;
import io.riffle.schemas.SamplesFileWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of samples. */
class EvolveSamplesTest {
    private static final String DAY = "2026-11-21T10:00:0";
    private static final long START = 1_795_255_200L;

    @TempDir
    private Path folder;

    private Path network;
    private Path output;

    @BeforeEach
    void writeNetwork() throws IOException {
        // gives what it is given, so that the steps can be seen
        network = file(
                "net.json",
                """
                {"module": "Sequential", "modules": [{"module": "Linear", "shape": [1, 1], "weight": [[1]]}]}
                """);
        output = folder.resolve("output.csv");
    }

    @Test
    void stepsAreMadeByTheRule() throws IOException {
        Path input =
                file("input.csv", "stream,time,x\na,%s0Z,1\na,%s0.5Z,2\na,%s2.5Z,4\nb,%s1Z,7\n".replace("%s", DAY));
        assertThat(evolve(input, "--raster", "last"))
                .containsExactly(row("a", 0, 2), row("a", 1, 2), row("a", 2, 4), row("b", 1, 7));
        assertThat(evolve(input, "--raster", "mean"))
                .containsExactly(row("a", 0, 1.5), row("a", 1, 1.5), row("a", 2, 4), row("b", 1, 7));
        assertThat(evolve(input, "--raster", "interpolate"))
                .containsExactly(row("a", 0, 1), row("a", 1, 2.5), row("a", 2, 3.5), row("b", 1, 7));
        assertThat(evolve(input, "--raster", "counts"))
                .containsExactly(row("a", 0, 3), row("a", 1, 0), row("a", 2, 4), row("b", 1, 7));
    }

    @Test
    void timesAreReadAsTheyAreWritten() throws IOException {
        List<String> steps = List.of(row("0", 0, 5), row("0", 1, 6));
        assertThat(evolve(file("i.csv", "time,x\n%s0,5\n%s1.25+00:00,6\n".replace("%s", DAY)), "--raster", "last"))
                .isEqualTo(steps);
        assertThat(evolve(
                        file("i.csv", "time,x\n2026-11-21 10:00:00,5\n2026-11-21 12:00:01.25+02:00,6\n"),
                        "--raster",
                        "last"))
                .isEqualTo(steps);
        assertThat(evolve(file("i.csv", "time,x\n" + START + ",5\n" + (START + 1) + ".25,6\n"), "--raster", "last"))
                .isEqualTo(steps);
        assertThat(evolve(
                        file(
                                "i.csv",
                                "time_ns,x\n" + START + "000000000,5\n" + START + "999999999,5\n" + (START + 1)
                                        + "250000000,6\n"),
                        "--raster",
                        "last"))
                .isEqualTo(steps);
    }

    @Test
    void timesThatAreNoneAreNamed() throws IOException {
        String expected = ", expected seconds since 1970 such as 1763700000.0031, or 2026-11-21T10:00:00.0031Z\n";
        for (String text : List.of("noon", "-5", "1e9", "2026-11-21", "2026-13-01T00:00:00Z")) {
            Path input = file("input.csv", "time,x\n" + text + ",1\n");
            assertThat(fails(input, "--raster", "last"))
                    .isEqualTo(input + ", line 2: the time is '" + text + "'" + expected);
        }
        Path early = file("input.csv", "time,x\n1969-12-31T23:59:59Z,1\n");
        assertThat(fails(early, "--raster", "last"))
                .isEqualTo(early + ", line 2: the time is '1969-12-31T23:59:59Z', expected one from 1970 until 2116\n");
        Path nanos = file("input.csv", "time_ns,x\n1.5,1\n");
        assertThat(fails(nanos, "--raster", "last"))
                .isEqualTo(nanos + ", line 2: the time is '1.5', expected whole nanoseconds since 1970\n");
    }

    @Test
    void arrowAndCsvAndAnyRecordsGiveTheSame() throws IOException {
        long[] times = new long[200];
        float[] values = new float[times.length];
        StringBuilder csv = new StringBuilder("stream,time_ns,x\n");
        for (int row = 0; row < times.length; row++) {
            times[row] = (START * 10 + row) * 100_000_000L + row * row % 97 * 1_000_000L;
            values[row] = row * row % 31 / 7f;
            csv.append("a,%d,%s\n".formatted(times[row], values[row]));
        }
        Samples samples = new Samples("a", 0, 1, times, values);
        Path arrow = folder.resolve("input.arrow");
        try (SamplesFileWriter writer = new SamplesFileWriter(arrow, Encapsulation.FILE)) {
            writer.append(samples);
        }
        Path record = Files.write(folder.resolve("record.arrows"), SamplesEncoder.encode(samples));
        for (String rule : List.of("last", "mean", "interpolate", "counts")) {
            List<String> expected = evolve(file("input.csv", csv.toString()), "--raster", rule);
            assertThat(expected).hasSizeBetween(19, 20);
            assertThat(evolve(record, "--raster", rule, "--stream", "a")).isEqualTo(expected);
            // a file with runs has its output say them
            assertThat(evolve(arrow, "--raster", rule))
                    .isEqualTo(expected.stream()
                            .map(line -> line.replace("a,", "a,0,"))
                            .toList());
        }
    }

    @Test
    void samplesThatComeTooLateAreToldAndLeftOut() throws IOException {
        Path input = file("input.csv", "time,x\n%s0Z,1\n%s2.5Z,3\n%s1Z,9\n%s3Z,4\n".replace("%s", DAY));
        TestingCommandLine command = run(0, input, "--raster", "counts");
        assertThat(command.err())
                .isEqualTo(
                        "rejected: topic=%s partition=0 offset=2 stream=0 reason=stale: stream '0' sent 1 sample; 1 of them, before 2026-11-21T10:00:02Z, come too late and are left out; expected at most 0 ms behind the latest (a wrong clock: a new run, riffle.run above 0) (0 bytes)\n"
                                .formatted(input));
        assertThat(rows()).containsExactly(row("0", 0, 1), row("0", 1, 0), row("0", 2, 3), row("0", 3, 4));
        assertThat(evolve(input, "--raster", "counts", "--lateness", "1500ms"))
                .containsExactly(row("0", 0, 1), row("0", 1, 9), row("0", 2, 3), row("0", 3, 4));
    }

    @Test
    void aSilenceIsAGap() throws IOException {
        Path input = file("input.csv", "time,x\n%s0Z,1\n%s4Z,3\n".replace("%s", DAY));
        assertThat(evolve(input, "--raster", "last")).hasSize(5);
        assertThat(fails(input, "--raster", "last", "--max-gap", 2))
                .isEqualTo("%s: stream '0' goes on with step %d, expected step %d; --gap zeros, hold or reset goes on\n"
                        .formatted(input, START + 4, START + 3));
        TestingCommandLine command = run(0, input, "--raster", "last", "--max-gap", 2, "--gap", "zeros");
        assertThat(command.err()).contains("kind=gap_zeros: stream '0' lacks steps 1795255203 to 1795255203");
        assertThat(rows())
                .containsExactly(row("0", 0, 1), row("0", 1, 1), row("0", 2, 1), row("0", 3, 0), row("0", 4, 3));
    }

    @Test
    void aClockThatIsPutRightLeavesAGap() throws Exception {
        Path input = file("input.csv", "time,x\n0,1\n1,2\n%s4Z,3\n".formatted(DAY));
        TestingCommandLine command = run(0, input, "--raster", "last", "--max-gap", 2, "--gap", "hold");
        assertThat(command.err()).contains("kind=gap_reset: stream '0' lacks steps 4 to 1795255203");
        assertThat(rows()).containsExactly("0,0,1.0", "0,1,2.0", "0,2,2.0", "0,3,2.0", row("0", 4, 3));
    }

    @Test
    void aRunStartsAnew() throws IOException {
        Path input = file("input.csv", "run,time,x\n3,%s0Z,1\n3,%s1.5Z,2\n4,%s0Z,5\n".replace("%s", DAY));
        assertThat(evolve(input, "--raster", "last"))
                .containsExactly(
                        "0,3,%d,1.0".formatted(START),
                        "0,3,%d,2.0".formatted(START + 1),
                        "0,4,%d,5.0".formatted(START));
    }

    @Test
    void samplesNeedARuleAndRulesAStep() throws IOException {
        Path input = file("input.csv", "time,x\n0,1\n");
        assertThat(fails(input))
                .isEqualTo(input + " holds samples at any times, expected --raster RULE to make steps of them\n");
        assertThat(run(2, input, "--raster", "men").err())
                .contains(
                        "got raster rule 'men', expected one of [last, mean, interpolate, counts], did you mean 'mean'?");
        assertThat(fails(input, "--lateness", "1s"))
                .isEqualTo("--lateness is for samples, expected --raster RULE as well\n");
        TestingCommandLine command = new TestingCommandLine(new EvolveCommand());
        assertThat(command.run(network, "--input", input, "--output", output, "--raster", "last", "--dt", "0.3e-9"))
                .isEqualTo(1);
        assertThat(command.err())
                .isEqualTo("dt is 3.0E-10 s, expected a whole number of nanoseconds to make steps of samples\n");
    }

    @Test
    void stepsNeedNoRule() throws IOException {
        Path input = file("input.csv", "step,x\n5,1\n");
        assertThat(evolve(input, "--raster", "last")).containsExactly("0,5,1.0");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String row(String stream, int second, double value) {
        return "%s,%d,%s".formatted(stream, START + second, (float) value);
    }

    private List<String> evolve(Path input, Object... options) throws IOException {
        assertThat(run(0, input, options).err()).isEmpty();
        return rows();
    }

    private List<String> rows() throws IOException {
        List<String> lines = Files.readAllLines(output);
        return lines.subList(1, lines.size());
    }

    private String fails(Path input, Object... options) {
        return run(1, input, options).err();
    }

    private TestingCommandLine run(int status, Path input, Object... options) {
        List<Object> arguments = new ArrayList<>(List.of(network, "--input", input, "--output", output, "--dt", "1"));
        arguments.addAll(List.of(options));
        TestingCommandLine command = new TestingCommandLine(new EvolveCommand());
        assertThat(command.run(arguments.toArray())).as(command.err()).isEqualTo(status);
        return command;
    }
}
