package io.riffle.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void measuresTheNetworkAloneBesideItsYardstick(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("bench.json");
        assertThat(run("bench", "--only", "kernels", "--repeats", "2", "--duration", "10ms", "--json", file.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("kernels: ", "one stream, T = 1000", "256 streams, T = 10", "kernel  ");
        assertThat(err.toString()).contains("kernels: repeat 2 of 2");
        JsonNode report = new ObjectMapper().readTree(Files.readString(file));
        assertThat(report.path("machine").path("kernel").asText()).isNotEmpty();
        JsonNode section = report.path("sections").path(0);
        assertThat(names(section)).contains("one stream, T = 10", "one stream, T = 100", "32 streams, T = 10");
        JsonNode figure = section.path("figures").path(0);
        assertThat(figure.path("repeats")).hasSize(2);
        assertThat(figure.path("least").asDouble())
                .isPositive()
                .isLessThanOrEqualTo(figure.path("median").asDouble());
        boolean withC = names(section).contains("C, one stream, T = 10");
        assertThat(figure.path("ratio").path("to").asText()).isEqualTo(withC ? "C" : "");
        assertThat(section.path("remarks").toString())
                .contains(withC ? "C: the same network by hand" : "without the yardstick in C, because");
    }

    @Test
    void measuresBetweenTopicsOnRealServers() throws Exception {
        assertThat(run("bench", "--only", "pipeline,memory", "--repeats", "1", "--duration", "10ms", "--json"))
                .as(err.toString())
                .isZero();
        JsonNode sections = new ObjectMapper().readTree(out.toString()).path("sections");
        assertThat(sections).hasSize(2);
        assertThat(names(sections.path(0)))
                .containsExactly(
                        "T = 10, 1000 streams, pass-through",
                        "T = 10, 1000 streams, network",
                        "T = 10, 1000 streams, network",
                        "T = 100, 1000 streams, pass-through",
                        "T = 100, 1000 streams, network",
                        "T = 100, 1000 streams, network");
        JsonNode perStream = sections.path(1).path("figures").path(2);
        assertThat(perStream.path("name").asText()).isEqualTo("checkpoint per stream");
        // 16 places of sequencing, and isyn, vmem and spikes of 136 neurons
        assertThat(perStream.path("median").asDouble()).isGreaterThan(3 * 136 * Float.BYTES);
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        assertThat(run("bench", "--only", "kernel")).isEqualTo(2);
        assertThat(err.toString()).contains("'kernel'", "KERNELS");
        err.getBuffer().setLength(0);
        assertThat(run("bench", "--repeats", "0")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("0 repeats, expected at least 1 (see: riffle bench --help)\n");
        err.getBuffer().setLength(0);
        assertThat(run("bench", "--all", "--only", "kernels")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("--all and --only exclude each other (see: riffle bench --help)\n");
    }

    @Test
    void saysBeforeItMeasuresThatAFileCannotBeWritten() {
        assertThat(run("bench", "--json", "/no/such/folder/bench.json")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("/no/such/folder/bench.json cannot be written, expected a file in a folder that exists\n");
    }

    private static List<String> names(JsonNode section) {
        List<String> names = new ArrayList<>();
        section.path("figures").forEach(figure -> names.add(figure.path("name").asText()));
        return names;
    }

    private int run(String... arguments) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
