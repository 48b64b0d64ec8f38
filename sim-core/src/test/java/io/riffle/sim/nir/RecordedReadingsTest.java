package io.riffle.sim.nir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffle.sim.Tensor;
import io.riffle.sim.nir.nodes.Semantics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Norse, snnTorch and Sinabs themselves gave for graphs that Riffle reads as they do. */
class RecordedReadingsTest {
    private static final Path RECORDED = Path.of("src/test/resources/nir/readings");
    private static final float TOLERANCE = 1e-6f;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "norse_lif",
                "norse_cuba",
                "norse_if",
                "snntorch_lif",
                "snntorch_cuba",
                "snntorch_if",
                "sinabs_lif",
                "sinabs_if"
            })
    void riffleComputesWhatTheLibraryDid(String name) throws IOException {
        Semantics semantics = Semantics.of(name.substring(0, name.indexOf('_')));
        Optional<Double> dt = semantics == Semantics.SNNTORCH ? Optional.empty() : Optional.of(1e-3);
        NirNetwork read = NirNetwork.read(RECORDED.resolve(name + ".nir"), new NirSettings(dt, Optional.of(semantics)));
        JsonNode recorded = JsonMapper.builder()
                .build()
                .readTree(RECORDED.resolve(name + ".json").toFile());

        float[] got = read.module().evolve(rows(recorded.get("input"))).output().toArray();

        float[] wanted = rows(recorded.get("output")).toArray();
        assertThat(got).hasSameSizeAs(wanted);
        for (int i = 0; i < got.length; i++) {
            assertThat(Math.abs(got[i] - wanted[i]) / (1 + Math.abs(wanted[i])))
                    .as("%s, value %d: %s, recorded %s", name, i, got[i], wanted[i])
                    .isLessThanOrEqualTo(TOLERANCE);
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
