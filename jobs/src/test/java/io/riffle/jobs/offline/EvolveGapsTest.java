package io.riffle.jobs.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkFileReader;
import io.riffle.schemas.ChunkFileWriter;
import io.riffle.schemas.ChunkFileWriter.Encapsulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with gaps, in disorder, and of several runs. */
class EvolveGapsTest {
    @TempDir
    private Path folder;

    private Path network;
    private Path output;

    @BeforeEach
    void writeNetwork() throws IOException {
        network = file(
                "net.json",
                """
                {"module": "Sequential", "modules": [
                    {"module": "Linear", "shape": [1, 2], "weight": [[1, 0.5]]},
                    {"module": "LIF", "shape": [2], "dt": 0.001, "noise_std": 1}]}
                """);
        output = folder.resolve("output.csv");
    }

    @Test
    void zerosStandInForMissingSteps() throws IOException {
        String lines = evolve(steps("a", 0, 5) + steps("a", 8, 200), "--gap", "zeros");
        assertThat(lines)
                .isEqualTo(
                        "notice: topic=%s partition=0 offset=1 stream=a kind=gap_zeros: stream 'a' lacks steps 5 to 7: filled with zeros\n"
                                .formatted(input()));
        assertThat(written()).isEqualTo(evolved(steps("a", 0, 5) + "a,5,0\na,6,0\na,7,0\n" + steps("a", 8, 200)));
    }

    @Test
    void theLastStepIsHeldInPlaceOfMissingOnes() throws IOException {
        String lines = evolve(steps("a", 0, 4) + "a,4,9\n" + steps("a", 7, 200), "--gap", "hold");
        assertThat(lines).contains("kind=gap_held: stream 'a' lacks steps 5 to 6: filled with the values");
        assertThat(written()).isEqualTo(evolved(steps("a", 0, 4) + "a,4,9\na,5,9\na,6,9\n" + steps("a", 7, 200)));
    }

    @Test
    void theStateStartsAnewBehindMissingSteps() throws IOException {
        String lines = evolve(steps("a", 0, 5) + steps("a", 300, 500), "--gap", "reset", "--chunk", 3);
        assertThat(lines).contains("kind=gap_reset: stream 'a' lacks steps 5 to 299");
        String before = evolved(steps("a", 0, 5));
        assertThat(written()).isEqualTo(before + evolved(steps("a", 300, 500)).replace("stream,step,0,1\n", ""));
    }

    @Test
    void stepsAreBroughtIntoOrder() throws IOException {
        String lines =
                evolve(steps("a", 3, 6) + steps("b", 0, 4) + steps("a", 0, 3) + steps("a", 6, 8), "--gap", "zeros");
        assertThat(lines).isEmpty();
        assertThat(sorted(written())).isEqualTo(sorted(evolved(steps("a", 0, 8) + steps("b", 0, 4))));
    }

    @Test
    void whatComesTwiceIsLeftOutAndTold() throws IOException {
        String lines = evolve(
                steps("a", 0, 5) + "b,0,1\n" + steps("a", 2, 8) + "b,1,1\n" + steps("a", 0, 3), "--gap", "zeros");
        assertThat(lines)
                .contains("offset=2 stream=a kind=overlap: stream 'a' sent steps 2 to 7, of which those before 5 were")
                .contains("rejected: topic=%s partition=0 offset=4 stream=a reason=duplicate: ".formatted(input()));
        assertThat(sorted(written())).isEqualTo(sorted(evolved(steps("a", 0, 8) + "b,0,1\nb,1,1\n")));
    }

    @Test
    void theEndOfTheFileEndsWaiting() throws IOException {
        String lines = evolve(steps("a", 0, 5) + steps("a", 7, 9) + steps("a", 11, 12), "--gap", "zeros");
        assertThat(lines).contains("lacks steps 5 to 6").contains("lacks steps 9 to 10");
        assertThat(written())
                .isEqualTo(evolved(steps("a", 0, 5) + "a,5,0\na,6,0\n" + steps("a", 7, 9) + "a,9,0\na,10,0\n"
                        + steps("a", 11, 12)));
    }

    @Test
    void whatLiesFartherThanAGapMayBeIsLeftOut() throws IOException {
        String lines = evolve(steps("a", 0, 5) + "a,5000,1\n" + steps("a", 5, 9), "--gap", "zeros", "--max-gap", 1000);
        assertThat(lines)
                .contains("reason=gap: stream 'a' sent steps 5000 to 5000, expected step 5 next; that is more");
        assertThat(written()).isEqualTo(evolved(steps("a", 0, 9)));
    }

    @Test
    void aStreamGoesOnFromItsStateThroughAGap() throws IOException {
        Path state = folder.resolve("state.json");
        evolve(steps("a", 0, 5), "--state-out", state);
        String lines = evolve(steps("a", 8, 300), "--state-in", state, "--gap", "zeros");
        assertThat(lines).contains("lacks steps 5 to 7");
        String whole = evolved(steps("a", 0, 5) + "a,5,0\na,6,0\na,7,0\n" + steps("a", 8, 300));
        assertThat(written()).isEqualTo("stream,step,0,1\n" + whole.substring(whole.indexOf("a,5,")));
    }

    @Test
    void noticesGoIntoAFileIfAsked() throws IOException {
        Path notices = folder.resolve("notices.csv");
        assertThat(evolve(steps("a", 0, 5) + steps("a", 8, 200), "--gap", "zeros", "--notices", notices))
                .isEmpty();
        assertThat(text(notices))
                .isEqualTo(
                        """
                        stream,kind,run,first_step,steps,topic,partition,offset,message
                        a,gap_zeros,0,5,3,%s,0,1,stream 'a' lacks steps 5 to 7: filled with zeros
                        """
                                .formatted(input()));
    }

    @Test
    void aHigherRunStartsAnew() throws IOException {
        String rows = "stream,run,step,0\n" + of(steps("a", 4, 60), 0) + of(steps("a", 0, 50), 7);
        file("input.csv", rows);
        assertThat(run(0)).isEmpty();
        String expected = "stream,run,step,0,1\n"
                + of(withoutHeader(evolved(steps("a", 4, 60))), 0)
                + of(withoutHeader(evolved(steps("a", 0, 50))), 7);
        file("input.csv", rows);
        run(0);
        assertThat(written()).isEqualTo(expected);
        assertThat(run(0, "--gap", "zeros")).contains("kind=late_start").contains("kind=new_run");
        assertThat(written()).isEqualTo(expected);
    }

    @Test
    void arrowFilesSayTheirRuns() throws IOException {
        Path arrow = folder.resolve("input.arrow");
        try (ChunkFileWriter writer = new ChunkFileWriter(arrow, 0.001, Optional.empty(), Encapsulation.FILE, true)) {
            writer.append(new Chunk("a", 3, 5, 2, 1, new float[] {1, 2}));
            writer.append(new Chunk("a", 4, 0, 2, 1, new float[] {3, 4}));
        }
        Path result = folder.resolve("output.arrow");
        TestingCommandLine command = new TestingCommandLine(new EvolveCommand());
        assertThat(command.run(network, "--input", arrow, "--output", result)).isZero();
        List<String> chunks = new ArrayList<>();
        try (ChunkFileReader reader = new ChunkFileReader(result, "")) {
            reader.forEach(decoded -> chunks.add(decoded.chunk().toString()));
        }
        assertThat(chunks).containsExactly("Chunk a run 3 steps 5..7, f32[2,2]", "Chunk a run 4 steps 0..2, f32[2,2]");
    }

    @Test
    void aLowerRunIsAMistakeUnlessOrderIsMade() throws IOException {
        String rows = "stream,run,step,0\n" + of(steps("a", 0, 3), 7) + of(steps("a", 0, 3), 6);
        file("input.csv", rows);
        assertThat(run(1)).isEqualTo(input() + ": stream 'a' goes on with run 6, expected run 7 or a higher one\n");
        assertThat(run(0, "--gap", "hold")).contains("reason=stale: stream 'a' sent run 6, but it is in run 7");
    }

    @Test
    void policiesThatWaitMakeNoSense() throws IOException {
        file("input.csv", "stream,step,0\na,0,1\n");
        for (String policy : List.of("wait", "reject")) {
            assertThat(run(1, "--gap", policy))
                    .isEqualTo("the gap policy is " + policy
                            + ", but nothing comes after a file; expected zeros, hold or reset\n");
        }
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path input() {
        return folder.resolve("input.csv");
    }

    /** The rows of steps from one until another. */
    private static String steps(String stream, int from, int until) {
        StringBuilder rows = new StringBuilder();
        for (int step = from; step < until; step++) {
            rows.append("%s,%d,%s\n".formatted(stream, step, step % 7 * 0.5));
        }
        return rows.toString();
    }

    /** The rows with their run. */
    private static String of(String rows, long run) {
        return rows.replace("a,", "a," + run + ",");
    }

    private static String withoutHeader(String rows) {
        return rows.substring(rows.indexOf('\n') + 1);
    }

    /** What goes to the error stream. */
    private String evolve(String rows, Object... options) throws IOException {
        file("input.csv", "stream,step,0\n" + rows);
        return run(0, options);
    }

    private String run(int status, Object... options) {
        List<Object> arguments = new ArrayList<>(List.of(network, "--input", input(), "--output", output));
        arguments.addAll(List.of(options));
        TestingCommandLine command = new TestingCommandLine(new EvolveCommand());
        assertThat(command.run(arguments.toArray())).as(command.err()).isEqualTo(status);
        return command.err();
    }

    private String written() throws IOException {
        return text(output);
    }

    private static String text(Path file) throws IOException {
        return String.join("\n", Files.readAllLines(file)) + "\n";
    }

    /** What becomes of rows without a gap. */
    private String evolved(String rows) throws IOException {
        Path before = output;
        output = folder.resolve("expected.csv");
        assertThat(evolve(rows)).isEmpty();
        String expected = written();
        output = before;
        return expected;
    }

    private static List<String> sorted(String rows) {
        return rows.lines().sorted().toList();
    }
}
