package io.riffle.sim.nir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffle.sim.Tensor;
import io.riffle.sim.nir.nodes.Semantics;
import io.riffle.sim.testing.Python;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rockpool itself writes graphs and reads them again; Riffle reads the same files as Rockpool does, and computes the same. */
class RockpoolReadingTest {
    private static final Path SCRIPT =
            Path.of("src/test/resources/nir/graphs_of_rockpool.py").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void riffleReadsGraphsAsRockpoolDoes() throws IOException {
        Python.assumeHas("rockpool");
        Python.assumeHas("torch");
        Python.assumeHas("nirtorch");
        String[] lines = Python.run(folder, SCRIPT.toString()).split("\n");
        assertThat(lines).hasSize(2);
        for (String line : lines) {
            JsonNode recorded = JsonMapper.builder().build().readTree(line);
            Path file = folder.resolve(recorded.get("name").asText() + ".nir");
            NirNetwork read = NirNetwork.read(file, new NirSettings(Optional.empty(), Optional.of(Semantics.ROCKPOOL)));
            Tensor output =
                    read.module().evolve(rows(recorded.get("input"))).output().reshape(300, 2);
            assertThat(output).as(file.toString()).isEqualTo(rows(recorded.get("output")));
            float spikes = 0;
            for (float value : output.toArray()) {
                spikes += value;
            }
            assertThat(spikes).as("spikes of " + file).isGreaterThan(100);
        }
    }

    private static Tensor rows(JsonNode json) {
        int channels = json.get(0).size();
        float[] values = new float[json.size() * channels];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) json.get(i / channels).get(i % channels).asDouble();
        }
        return Tensor.wrap(values, json.size(), channels);
    }
}
