package io.riffle.jobs.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
    private static final Path GRAPH = Path.of("../sim-core/src/test/resources/conformance/nir/rec_cubalif_cycle.nir");

    @TempDir
    Path directory;

    private Path network;
    private Path input;
    private final TestingCommandLine convert = new TestingCommandLine(new ConvertCommand());

    @BeforeEach
    void files() throws IOException {
        network = Files.writeString(
                directory.resolve("net.json"),
                """
                {"module": "Sequential", "modules": [
                    {"module": "Linear", "shape": [2, 2], "weight": [[1, 0.5], [0.2, 1]]},
                    {"module": "LIF", "shape": [2], "has_rec": true, "w_rec": [[0, 0.3], [0.1, 0]], "noise_std": 0.1}]}
                """);
        StringBuilder rows = new StringBuilder("step,a,b\n");
        for (int step = 0; step < 100; step++) {
            rows.append("%d,%d,%d%n".formatted(step, step % 3 == 0 ? 1 : 0, step % 5 == 0 ? 1 : 0));
        }
        input = Files.writeString(directory.resolve("input.csv"), rows);
    }

    private byte[] evolved(Path net) throws IOException {
        Path output = directory.resolve("output.csv");
        TestingCommandLine evolve = new TestingCommandLine(new EvolveCommand());
        assertThat(evolve.run(net, "--input", input, "--output", output))
                .as(evolve.err())
                .isZero();
        return Files.readAllBytes(output);
    }

    @Test
    void whatNirCannotExpressIsAnErrorUnlessLossesAreWanted() throws IOException {
        Path nir = directory.resolve("net.nir");
        assertThat(convert.run(network, nir)).isEqualTo(1);
        assertThat(convert.err())
                .contains("LIF '1_LIF': NIR cannot express noise_std 0.1; expected --lossy to leave it out");
        assertThat(nir).doesNotExist();

        assertThat(convert.run(network, nir, "--lossy")).isZero();
        assertThat(convert.out()).contains("lost: LIF '1_LIF': noise_std 0.1", network + " -> " + nir);
    }

    @Test
    void aNetworkGoesToNirAndBackWithoutLosingABit() throws IOException {
        Files.writeString(network, Files.readString(network).replace(", \"noise_std\": 0.1", ""));
        Path nir = directory.resolve("net.nir");
        Path json = directory.resolve("again.json");

        assertThat(convert.run(network, nir)).as(convert.err()).isZero();
        assertThat(convert.run(nir, json)).as(convert.err()).isZero();

        assertThat(evolved(nir)).isEqualTo(evolved(network));
        assertThat(evolved(json)).isEqualTo(evolved(network));
    }

    @Test
    void aGraphNeedsATimeStepAndSaysWhatWasAssumed() {
        Path json = directory.resolve("graph.json");
        assertThat(convert.run(GRAPH, json)).isEqualTo(1);
        assertThat(convert.err())
                .contains("node 'lif1.lif' (CubaLIF): it needs the length of a step")
                .contains("--dt");
        assertThat(convert.run(GRAPH, json, "--dt", "0.001")).isZero();
        assertThat(convert.out())
                .contains(
                        "semantics: nir\n",
                        "dt: 0.001 s\n",
                        "states: zero at the beginning, whatever v_reset is, and v_leak\n",
                        "of a cycle carries the value of the step before");
    }

    @Test
    void inspectPrintsWhatWasAssumed() {
        TestingCommandLine inspect = new TestingCommandLine(new InspectCommand());
        assertThat(inspect.run(GRAPH, "--dt", "0.001", "--semantics", "norse")).isZero();
        assertThat(inspect.out()).contains("ASSUMED\nsemantics: norse\n", "i += dt/tau_syn (v_leak - i + w_in x)");
        assertThat(inspect.run(network, "--semantics", "norse")).isEqualTo(2);
        assertThat(inspect.err()).contains("--semantics is for NIR files, but %s is none".formatted(network));
        Path none = directory.resolve("none.nir");
        assertThat(inspect.run(none, "--semantics", "norse")).isEqualTo(1);
        assertThat(inspect.err()).endsWith("network file %s does not exist\n".formatted(none));
    }

    @Test
    void theFileToWriteIsAnotherOneOfAKnownKind() {
        assertThat(convert.run(network, directory.resolve("net.txt"))).isEqualTo(2);
        assertThat(convert.err()).contains("expected a name that ends in .json or .nir");
        assertThat(convert.run(network, network)).isEqualTo(2);
        assertThat(convert.err()).contains("is the network itself, expected another file");
    }
}
