package io.riffle.jobs.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    private static final Path CASES = Path.of("../sim-core/src/test/resources/conformance/cases");

    @TempDir
    Path directory;

    private final TestingCommandLine command = new TestingCommandLine(new VerifyCommand());

    private Path copy(String name) throws IOException {
        return Files.copy(CASES.resolve(name), directory.resolve(name));
    }

    @Test
    void casesThatHoldPass() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("deeper"));
        copy("linear__torch.json");
        Files.copy(CASES.resolve("lif_exact_threshold__torch.json"), folder.resolve("lif.json"));
        assertThat(command.run(directory)).isZero();
        assertThat(command.out())
                .matches(
                        """
                        CASE +BACK END +LARGEST DIFFERENCE +SPIKES +RESULT
                        lif_exact_threshold +torch +\\d\\.\\de-\\d\\d +equal +pass
                        linear +torch +\\d\\.\\de-\\d\\d +- +pass
                        difference: the largest .*
                        2 of 2 cases pass
                        """);
    }

    @Test
    void whatDiffersOnPurposeIsNamedWithItsReason() throws IOException {
        assertThat(command.run(copy("rate_small_tau__numpy.json"))).isZero();
        assertThat(command.out())
                .contains(
                        "pass, but for TAU_AS_GIVEN",
                        "On purpose Riffle differs from what was recorded in:\n  TAU_AS_GIVEN (1): tau is never raised to 10 dt;",
                        "1 of 1 cases pass");
    }

    @Test
    void aCaseThatFailsGivesStatusOneAndAReason() throws IOException {
        Path file = copy("linear__torch.json");
        Files.writeString(file, Files.readString(file).replace("\"size_out\":3", "\"size_out\":4"));
        Path unknown = Files.writeString(
                directory.resolve("unknown.json"),
                "{\"case\": \"new\", \"backend\": \"torch\", \"network\": {\"module\": \"LIFF\", \"shape\": [1]},"
                        + " \"input\": 1, \"output\": 1}");
        assertThat(command.run(file, unknown)).isEqualTo(1);
        assertThat(command.out())
                .contains(
                        "FAIL: size_out is 3, recorded 4",
                        "FAIL: its network: there is no module 'LIFF', did you mean 'LIF'?")
                .contains("0 of 2 cases pass");
    }

    @Test
    void aWrongPathIsAWrongCall() {
        assertThat(command.run(directory.resolve("none"))).isEqualTo(2);
        assertThat(command.err())
                .isEqualTo("%s does not exist, expected a case file or a directory\n"
                        .formatted(directory.resolve("none")));
        TestingCommandLine again = new TestingCommandLine(new VerifyCommand());
        assertThat(again.run(directory)).isEqualTo(2);
        assertThat(again.err())
                .isEqualTo("directory %s holds no .json file, expected case files\n".formatted(directory));
    }
}
