package io.riffle.sim.nir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffle.sim.Evolution;
import io.riffle.sim.Module;
import io.riffle.sim.Recorder;
import io.riffle.sim.Tensor;
import io.riffle.sim.Tree;
import io.riffle.sim.network.NetworkFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Graphs whose outputs, and what happens at each node, were recorded with NIR's reference discretisation. */
class NirConformanceTest {
    private static final Path CASES = Path.of("src/test/resources/conformance/nir");
    private static final double TOLERANCE = 1e-5;

    static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".nir"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyNodeDoesWhatWasRecorded(Path file) throws IOException {
        JsonNode recorded = JsonMapper.builder()
                .build()
                .readTree(Path.of(file.toString().replace(".nir", ".json")).toFile());
        NirSettings settings = new NirSettings(Optional.of(recorded.get("dt").asDouble()), Optional.empty());
        Module network = NirNetwork.read(file, settings).module();
        JsonNode expected =
                recorded.has("alternatives") ? recorded.get("alternatives").get("current_first") : recorded;

        Tensor input = tensor(recorded.get("input"));
        Evolution evolution = network.evolve(flat(input), Recorder.all());

        double worst = compare("output", evolution.output(), expected.get("output"), network.spikingOutput());
        for (Map.Entry<String, JsonNode> node : recorded.get("traces").properties()) {
            String name = node.getKey().replace('.', '_');
            for (Map.Entry<String, JsonNode> trace : node.getValue().properties()) {
                if (expected == recorded || isBeforeTheMembrane(name, trace.getKey(), file)) {
                    worst = Math.max(worst, compare(evolution.record(), name, trace.getKey(), trace.getValue()));
                }
            }
        }
        System.out.printf(Locale.ROOT, "%-45s %.1e%n", file.getFileName(), worst);

        Module again = NetworkFile.parse(NetworkFile.write(network), "again");
        assertThat(again.evolve(flat(input)).output()).isEqualTo(evolution.output());
    }

    /** What is recorded of the other order, in which the membrane sees the old current, holds for what comes before it. */
    private static boolean isBeforeTheMembrane(String node, String trace, Path file) {
        return node.equals("fc") || (trace.equals("i") && file.endsWith("linear_cubalif.nir"));
    }

    private static double compare(Tree record, String node, String trace, JsonNode recorded) {
        String path = trace.equals("output") ? node + "_output" : node + "." + trace;
        boolean spiking = trace.equals("output") && record.has(node + ".spikes");
        return compare(path, record.tensor(path), recorded, spiking);
    }

    private static double compare(String what, Tensor got, JsonNode expected, boolean exactly) {
        float[] values = got.arrayWithoutCopy();
        JsonNode data = expected.get("data");
        assertThat(values).as(what).hasSize(data.size());
        double worst = 0;
        for (int i = 0; i < values.length; i++) {
            double reference = data.get(i).asDouble();
            double difference = Math.abs(values[i] - reference) / (1 + Math.abs(reference));
            assertThat(difference)
                    .as("%s, value %d: %s, recorded %s", what, i, values[i], reference)
                    .isLessThanOrEqualTo(exactly ? 0 : TOLERANCE);
            worst = Math.max(worst, difference);
        }
        return worst;
    }

    private static Tensor tensor(JsonNode json) {
        int[] shape = new int[json.get("shape").size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = json.get("shape").get(i).asInt();
        }
        float[] values = new float[json.get("data").size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) json.get("data").get(i).asDouble();
        }
        return Tensor.wrap(values, shape);
    }

    private static Tensor flat(Tensor input) {
        int steps = input.shape().size(0);
        return input.reshape(steps, input.shape().count() / steps);
    }
}
