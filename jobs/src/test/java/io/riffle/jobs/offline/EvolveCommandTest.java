package io.riffle.jobs.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkFileReader;
import io.riffle.schemas.ChunkFileWriter;
import io.riffle.schemas.DecodedChunk;
import io.riffle.sim.Evolution;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.Tensor;
import io.riffle.sim.network.NetworkFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvolveCommandTest {
    private static final int STEPS = 60;

    /** Recurrent, with noise and with a module that looks at the first step: whatever could depend on chunks does. */
    private static final String NETWORK =
            """
            {"module": "Sequential", "modules": [
                {"module": "UpDown", "shape": [2], "thr_up": 0.3, "thr_down": 0.3},
                {"module": "Linear", "shape": [4, 3], "weight": [[1, 0.5, 0], [0, 1, 0.5], [0.5, 0, 1], [1, 1, 1]]},
                {"module": "LIF", "shape": [3], "has_rec": true, "noise_std": 2,
                 "w_rec": [[0, 0.4, 0], [0, 0, 0.4], [-0.4, 0, 0]]}]}
            """;

    @TempDir
    Path directory;

    private Path network;
    private Path csv;
    private Path output;

    @BeforeEach
    void writeFiles() throws IOException {
        network = file("net.json", NETWORK);
        StringBuilder rows = new StringBuilder("stream,step,left,right\n");
        for (int step = 0; step < STEPS; step++) {
            rows.append(row("arm", 100 + step)).append(step % 3 == 0 ? row("leg", step / 3) : "");
        }
        csv = file("input.csv", rows.toString());
        output = directory.resolve("output.csv");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static String row(String stream, int step) {
        float[] values = values(stream, step);
        return "%s,%d,%s,%s\n".formatted(stream, step, values[0], values[1]);
    }

    private static float[] values(String stream, int step) {
        Random random = new Random((stream.hashCode() * 1000L + step) * 0x9E3779B97F4A7C15L);
        return new float[] {random.nextFloat() * 3, random.nextFloat() * 3};
    }

    private static Tensor input(String stream, int from, int steps) {
        float[] all = new float[2 * steps];
        for (int i = 0; i < steps; i++) {
            System.arraycopy(values(stream, from + i), 0, all, 2 * i, 2);
        }
        return Tensor.wrap(all, 1, steps, 2);
    }

    private String expected(String stream, int from, int steps, long seed) {
        Module module = NetworkFile.parse(NETWORK, "the network");
        float[] state = module.newState(1).valuesWithoutCopy();
        Tensor result = module.advance(
                input(stream, from, steps), ModuleState.of(module, "", state, seed, stream, from), Recorder.NONE);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < steps; i++) {
            rows.append("%s,%d,%s,%s,%s\n"
                    .formatted(stream, from + i, result.get(0, i, 0), result.get(0, i, 1), result.get(0, i, 2)));
        }
        return rows.toString();
    }

    private TestingCommandLine evolve(int status, Object... options) {
        List<Object> arguments = new ArrayList<>(List.of(network));
        arguments.addAll(List.of(options));
        TestingCommandLine command = new TestingCommandLine(new EvolveCommand());
        assertThat(command.run(arguments.toArray())).as(command.err()).isEqualTo(status);
        return command;
    }

    private static String rowsOf(Path file, String stream) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(stream + ",")) {
                rows.append(line).append('\n');
            }
        }
        return rows.toString();
    }

    private void assertFails(String message, Object... options) {
        assertThat(evolve(1, options).err()).isEqualTo(message + "\n");
    }

    private void assertWrongCall(String message, Object... options) {
        assertThat(evolve(2, options).err()).isEqualTo(message + "\n");
    }

    @Test
    void everyStreamOfAFileIsEvolvedByItself() throws IOException {
        TestingCommandLine command = evolve(0, "--input", csv, "--output", output);
        assertThat(rowsOf(output, "arm"))
                .isEqualTo(expected("arm", 100, STEPS, 0))
                .containsPattern(",[1-9]");
        assertThat(rowsOf(output, "leg")).isEqualTo(expected("leg", 0, STEPS / 3, 0));
        assertThat(Files.readString(output)).startsWith("stream,step,0,1,2\n").doesNotContain("\r");
        assertThat(command.out()).matches("80 steps of 2 streams in .* s -> " + output + "\n");
        assertThat(command.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void cuttingTheInputChangesNoBit(int chunk) throws IOException {
        Path arrow = arrow("input.arrow");
        Path whole = directory.resolve("whole.csv");
        evolve(0, "--input", arrow, "--output", whole);
        evolve(0, "--input", arrow, "--output", output, "--chunk", chunk);
        assertThat(output).hasSameTextualContentAs(whole);
        assertThat(rowsOf(output, "arm")).isEqualTo(expected("arm", 100, STEPS, 0));
    }

    private Path arrow(String name) {
        Path file = directory.resolve(name);
        try (ChunkFileWriter writer = new ChunkFileWriter(file, 0.001)) {
            writer.append(
                    new Chunk("arm", 100, STEPS, 2, input("arm", 100, STEPS).toArray()));
            writer.append(
                    new Chunk("leg", 0, STEPS / 3, 2, input("leg", 0, STEPS / 3).toArray()));
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {".arrow", ".arrows", ".feather"})
    void arrowGivesTheSameAsCsv(String ending) throws IOException {
        Path result = directory.resolve("output" + ending);
        evolve(0, "--input", arrow("input" + ending), "--output", result);
        evolve(0, "--input", csv, "--output", output);
        StringBuilder rows = new StringBuilder();
        try (ChunkFileReader reader = new ChunkFileReader(result, "")) {
            assertThat(reader.dt()).isEqualTo(0.001);
            for (DecodedChunk decoded : reader) {
                Chunk chunk = decoded.chunk();
                for (int i = 0; i < chunk.steps(); i++) {
                    float[] v = java.util.Arrays.copyOfRange(chunk.values(), 3 * i, 3 * i + 3);
                    rows.append("%s,%d,%s,%s,%s\n".formatted(chunk.stream(), chunk.firstStep() + i, v[0], v[1], v[2]));
                }
            }
        }
        assertThat(rows.toString()).isEqualTo(rowsOf(output, "arm") + rowsOf(output, "leg"));
    }

    @Test
    void aLaterCallContinuesWhereAnEarlierOneEnded() throws IOException {
        List<String> lines = Files.readAllLines(csv);
        String header = lines.get(0) + "\n";
        Path first = file("first.csv", header + String.join("\n", lines.subList(1, 30)));
        Path second = file("second.csv", header + String.join("\n", lines.subList(30, lines.size())));
        Path state = directory.resolve("state.json");
        Path early = directory.resolve("early.csv");
        Path late = directory.resolve("late.csv");
        evolve(0, "--input", first, "--output", early, "--state-out", state);
        evolve(0, "--input", second, "--output", late, "--state-in", state, "--state-out", state);
        for (String stream : List.of("arm", "leg")) {
            int steps = stream.equals("arm") ? STEPS : STEPS / 3;
            assertThat(rowsOf(early, stream) + rowsOf(late, stream))
                    .isEqualTo(expected(stream, stream.equals("arm") ? 100 : 0, steps, 0));
        }
        assertFails(
                "%s: stream 'arm' goes on with step 100, expected step 160; --gap zeros, hold or reset goes on"
                        .formatted(csv),
                "--input",
                csv,
                "--output",
                output,
                "--state-in",
                state);
    }

    @Test
    void theSeedChoosesTheNoise() throws IOException {
        evolve(0, "--input", csv, "--output", output, "--seed", 5);
        assertThat(rowsOf(output, "arm")).isEqualTo(expected("arm", 100, STEPS, 5));
        assertThat(expected("arm", 100, STEPS, 5)).isNotEqualTo(expected("arm", 100, STEPS, 0));
    }

    @Test
    void aFileWithoutStreamsAndStepsIsOneStreamThatGoesOn() throws IOException {
        Path plain = file("plain.csv", "\uFEFFleft,right\n1,0\n 0.5 , 1e-1\n\n0,2\n");
        Path state = directory.resolve("state.json");
        evolve(0, "--input", plain, "--output", output, "--stream", "hand", "--state-out", state);
        assertThat(rowsOf(output, "hand").lines().map(line -> line.substring(0, 7)))
                .containsExactly("hand,0,", "hand,1,", "hand,2,");
        evolve(0, "--input", plain, "--output", output, "--stream", "hand", "--state-in", state);
        assertThat(rowsOf(output, "hand")).startsWith("hand,3,");
    }

    @Test
    void oneRecordGoesIntoTheFileItself() throws IOException {
        Path record = directory.resolve("record.arrows");
        evolve(0, "--input", csv, "--output", output, "--record", record, "--record-only", "2_LIF.vmem");
        Module module = NetworkFile.parse(NETWORK, "the network");
        Recorder recorder = Recorder.only(List.of("2_LIF.vmem"));
        float[] state = module.newState(1).valuesWithoutCopy();
        module.advance(input("arm", 100, STEPS), ModuleState.of(module, "", state, 0, "arm", 100), recorder);
        List<Float> arm = new ArrayList<>();
        try (ChunkFileReader reader = new ChunkFileReader(record, "")) {
            assertThat(reader.channels()).isEqualTo(3);
            for (DecodedChunk decoded : reader) {
                assertThat(decoded.recordPath()).contains("2_LIF.vmem");
                if (decoded.chunk().stream().equals("arm")) {
                    for (float value : decoded.chunk().values()) {
                        arm.add(value);
                    }
                }
            }
        }
        List<Float> expected = new ArrayList<>();
        for (float value : recorder.tree().tensor("2_LIF.vmem").toArray()) {
            expected.add(value);
        }
        assertThat(arm).isEqualTo(expected);
    }

    @Test
    void severalRecordsGoIntoAFileEach() throws IOException {
        Path record = directory.resolve("record.csv");
        evolve(
                0,
                "--input",
                csv,
                "--output",
                output,
                "--record",
                record,
                "--record-only",
                "2_LIF",
                "--record-only",
                "0_UpDown.analog_value");
        assertThat(directory.toFile().list((folder, name) -> name.startsWith("record")))
                .containsExactlyInAnyOrder(
                        "record.0_UpDown.analog_value.csv",
                        "record.2_LIF.vmem.csv",
                        "record.2_LIF.isyn.csv",
                        "record.2_LIF.irec.csv",
                        "record.2_LIF.spikes.csv");
        assertThat(rowsOf(directory.resolve("record.0_UpDown.analog_value.csv"), "leg"))
                .hasLineCount(STEPS / 3);
        evolve(0, "--input", csv, "--output", output, "--record", record);
        assertThat(directory.resolve("record.1_Linear_output.csv")).exists();
    }

    @Test
    void theOutputIsThatOfTheModuleItself() {
        Module module = NetworkFile.parse(NETWORK.replace("\"noise_std\": 2", "\"noise_std\": 0"), "the network");
        Evolution evolution = module.evolve(input("arm", 100, STEPS));
        assertThat(evolution.output().shape()).hasToString("(1, 60, 3)");
    }

    @Test
    void aWrongChannelCountIsNamed() throws IOException {
        Path wide = file("wide.csv", "step,a,b,c\n0,1,2,3\n");
        assertFails(wide + " has 3 channels, expected 2 as the network takes", "--input", wide, "--output", output);
        Path narrow = file("narrow.csv", "a\n1\n");
        assertFails(narrow + " has 1 channel, expected 2 as the network takes", "--input", narrow, "--output", output);
        assertThat(output).doesNotExist();
    }

    @Test
    void aGapOrADisorderIsAnErrorAndLeavesNoOutput() throws IOException {
        Path gap = file("gap.csv", "stream,step,a,b\nx,5,1,1\nx,6,1,1\nx,8,1,1\n");
        assertFails(
                gap + ": stream 'x' goes on with step 8, expected step 7; --gap zeros, hold or reset goes on",
                "--input",
                gap,
                "--output",
                output,
                "--record",
                directory.resolve("r.arrow"));
        Path twice = file("twice.csv", "stream,step,a,b\nx,5,1,1\nx,5,1,1\n");
        assertFails(
                twice + ": stream 'x' goes on with step 5, expected step 6; --gap zeros, hold or reset goes on",
                "--input",
                twice,
                "--output",
                output);
        assertThat(directory.toFile().list((folder, name) -> name.startsWith("output") || name.startsWith("r.")))
                .isEmpty();
    }

    @Test
    void aBadLineOfACsvFileIsNamed() throws IOException {
        String header = "stream,step,a,b\nx,0,1,1\n";
        assertBadCsv(header + "x,1,1,one\n", ", line 3, column 4: got 'one', expected a finite number");
        assertBadCsv(header + "x,1,,1\n", ", line 3, column 3: got '', expected a finite number");
        assertBadCsv(header + "x,1,NaN,1\n", ", line 3, column 3: got 'NaN', expected a finite number");
        assertBadCsv(header + "x,1,1\n", ", line 3: it has 3 fields, expected 4 as in the header");
        assertBadCsv(header + "x,-1,1,1\n", ", line 3: the step is '-1', expected a whole number from 0");
        assertBadCsv(header + "x,1.5,1,1\n", ", line 3: the step is '1.5', expected a whole number from 0");
        assertBadCsv(header + ",1,1,1\n", ", line 3: the name of the stream is empty");
        assertBadCsv(
                "stream,step\nx,0\n",
                ", line 1: the header [stream, step] names no channels, expected a column for each");
        assertBadCsv("0.5,1\n2,3\n", ", line 1: [0.5, 1] are numbers, expected a header, with a name for each column");
        assertBadCsv("a,b\n", " holds no steps, expected at least one");
        assertBadCsv("", " is empty, expected CSV");
    }

    private void assertBadCsv(String text, String message) throws IOException {
        Path bad = file("bad.csv", text);
        assertFails(bad + message, "--input", bad, "--output", output);
    }

    @Test
    void filesThatAreNotThereAreNamed() throws IOException {
        Path none = directory.resolve("none.csv");
        assertFails(none + " does not exist", "--input", none, "--output", output);
        assertFails(
                "state file %s does not exist".formatted(none), "--input", csv, "--output", output, "--state-in", none);
        network = directory.resolve("none.json");
        assertFails("network file %s does not exist".formatted(network), "--input", csv, "--output", output);
    }

    @Test
    void anInputThatIsNeitherArrowNorCsvIsNamed() {
        assertThat(evolve(1, "--input", network, "--output", output).err())
                .startsWith(network + ": ")
                .hasLineCount(1);
    }

    @Test
    void theTimeStepsHaveToAgree() throws IOException {
        assertFails(
                "--dt has the time-step 0.002 s, expected 0.001 s as the network",
                "--input",
                csv,
                "--output",
                output,
                "--dt",
                "0.002");
        Path fast = directory.resolve("fast.arrow");
        try (ChunkFileWriter writer = new ChunkFileWriter(fast, 0.01)) {
            writer.append(new Chunk("a", 0, 1, 2, new float[2]));
        }
        assertFails(
                fast + " has the time-step 0.01 s, expected 0.001 s as the network",
                "--input",
                fast,
                "--output",
                output);
        network = file("linear.json", "{\"module\": \"Linear\", \"shape\": [2, 1]}");
        assertFails(
                "neither the network nor %s says how long a step is, expected --dt SECONDS".formatted(csv),
                "--input",
                csv,
                "--output",
                output);
        evolve(0, "--input", csv, "--output", output, "--dt", "0.5");
        evolve(0, "--input", fast, "--output", output);
        network = file(
                "several.json",
                "{\"module\": \"Sequential\", \"modules\": [{\"module\": \"Rate\", \"shape\": [2]},"
                        + " {\"module\": \"Rate\", \"shape\": [2], \"dt\": 0.002}]}");
        assertFails(
                "the modules of the network have different time-steps [0.001, 0.002] s, expected one dt",
                "--input",
                csv,
                "--output",
                output);
    }

    @Test
    void aWrongCallIsNamed() {
        assertWrongCall("--chunk is 0, expected 1 or more", "--input", csv, "--output", output, "--chunk", 0);
        assertWrongCall("--dt is -1.0, expected seconds above 0", "--input", csv, "--output", output, "--dt", -1);
        assertWrongCall(
                "--record-only needs --record FILE to write to",
                "--input",
                csv,
                "--output",
                output,
                "--record-only",
                "2_LIF.vmem");
        assertWrongCall(
                "--output is %s, which is --input already, expected another file".formatted(csv),
                "--input",
                csv,
                "--output",
                csv);
        assertWrongCall(
                "--record is %s, which is --output already, expected another file".formatted(output),
                "--input",
                csv,
                "--output",
                output,
                "--record",
                output);
        assertWrongCall(
                "--state-out is %s, which is the network already, expected another file".formatted(network),
                "--input",
                csv,
                "--output",
                output,
                "--state-out",
                network);
        assertWrongCall("Missing required option: '--output=FILE'", "--input", csv);
        assertFails(
                "Sequential records no '2_LIF.vmen', did you mean '2_LIF.vmem'?",
                "--input",
                csv,
                "--output",
                output,
                "--record",
                directory.resolve("r.csv"),
                "--record-only",
                "2_LIF.vmen");
        assertFails(
                "the output file is %s, expected a name that ends in one of .arrow, .arrows, .feather, .csv, .npy"
                        .formatted(directory.resolve("out.txt")),
                "--input",
                csv,
                "--output",
                directory.resolve("out.txt"));
    }

    /** Two streams in turns; the largest value of each recording becomes one, which no stream could know at its start. */
    @Test
    void aNetworkThatNeedsWholeRecordingsGetsThem() throws IOException {
        network = file(
                "filter.json",
                "{\"module\": \"ButterMelFilter\", \"shape\": [1, 3], \"fs\": 8000, \"normalize\": true}");
        StringBuilder rows = new StringBuilder("stream,step,sound\n");
        for (int step = 0; step < 400; step++) {
            rows.append(
                    "loud,%d,%s\nsoft,%d,%s\n".formatted(step, Math.sin(step * 0.3), step, Math.sin(step * 0.2) / 100));
        }
        csv = file("sounds.csv", rows.toString());
        evolve(0, "--input", csv, "--output", output);
        for (String stream : List.of("loud", "soft")) {
            double largest = Files.readAllLines(output).stream()
                    .filter(line -> line.startsWith(stream))
                    .flatMap(line -> java.util.Arrays.stream(line.split(",")).skip(2))
                    .mapToDouble(value -> Math.abs(Double.parseDouble(value)))
                    .max()
                    .orElseThrow();
            assertThat(largest).as(stream).isEqualTo(1);
        }
        assertWrongCall(
                "ButterMelFilter cannot run on a stream: normalize over a whole recording needs the future, which a stream does not have yet;"
                        + " expected no --chunk, --gap, --state-in or --state-out",
                "--input",
                csv,
                "--output",
                output,
                "--chunk",
                7);
    }
}
