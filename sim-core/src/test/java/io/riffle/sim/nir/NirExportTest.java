package io.riffle.sim.nir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.Module;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.network.NetworkFile;
import io.riffle.sim.testing.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NirExportTest {
    private static final Path CASES = Path.of("src/test/resources/conformance/nir");
    private static final String LAYERS =
            """
            {"module": "Sequential", "modules": [
                {"module": "Linear", "shape": [3, 4], "weight": [[0.5, -0.1, 0.2, 1], [0.3, 0.8, 0.1, 0], [0.1, 0.1, 0.7, 0.2]],
                 "bias": [0.01, 0.02, 0.03, 0.04]},
                {"module": "LIF", "shape": [4], "tau_mem": [0.02, 0.03, 0.01, 0.05], "tau_syn": 0.01, "bias": [0.01, 0, 0, 0.02],
                 "threshold": 0.7, "has_rec": true, "w_rec": [[0, 0.1, 0.2, 0], [0.3, 0, 0, 0.1], [0, 0.5, 0, 0], [0.2, 0, 0, 0]]},
                {"module": "Residual", "modules": [
                    {"module": "Linear", "shape": [4, 4], "seed": 3}, {"module": "LIFNeuron", "shape": [4], "bias": 0.01}]},
                {"module": "FFwdStack", "modules": [
                    {"module": "LIF", "shape": [4]}, {"module": "ExpSyn", "shape": [2], "tau": 0.03}],
                 "weights": [[[1, 0.1], [0.2, 1], [0.3, 0.3], [0, 0.5]]]}]}
            """;

    @TempDir
    private Path folder;

    static List<Path> graphs() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".nir"))
                    .sorted()
                    .toList();
        }
    }

    private static Module read(Path file) {
        return NirNetwork.read(file, new NirSettings(Optional.of(1e-3), Optional.empty()))
                .module();
    }

    private static Tensor input(Module network) {
        Random random = new Random(5);
        float[] values = new float[150 * network.sizeIn()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(3) == 0 ? 1 : 0;
        }
        return Tensor.wrap(values, Shape.of(150, network.sizeIn()));
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void aGraphComesBackAsItWas(Path file) {
        Module network = read(file);
        Path written = folder.resolve("written.nir");
        NirExport.write(network, written, false);

        NirNetwork again = NirNetwork.read(written, NirSettings.NONE);

        assertThat(again.module().parameters()).isEqualTo(network.parameters());
        Tensor input = input(network);
        assertThat(again.module().evolve(input).output())
                .isEqualTo(network.evolve(input).output());
    }

    @Test
    void rockpoolsModulesComeBackToTheSameBits() {
        Module network = NetworkFile.parse(LAYERS, "layers");
        Path written = folder.resolve("layers.nir");
        List<String> report = NirExport.write(network, written, false);
        assertThat(report.get(0)).isEqualTo("metadata: {riffle.semantics=rockpool, riffle.dt=0.001}");
        assertThat(report.get(1)).startsWith("the neurons hold as Rockpool reads them");

        Module again = NirNetwork.read(written, NirSettings.NONE).module();

        Tensor input = input(network);
        Tensor output = network.evolve(input).output();
        assertThat(again.evolve(input).output()).isEqualTo(output);
        assertThat(Stream.of(output.toArray()).flatMap(values -> {
                    float sum = 0;
                    for (float value : values) {
                        sum += value;
                    }
                    return Stream.of(sum);
                }))
                .allMatch(sum -> sum > 1);
        assertThat(again.parameters().tensor("1_LIF.w_rec"))
                .isEqualTo(network.parameters().tensor("1_LIF.w_rec"));
    }

    @Test
    void whatNirCannotExpressIsAnErrorThatNamesTheModule() {
        assertRefused(
                "{'module': 'Sequential', 'modules': [{'module': 'Linear', 'shape': [2, 2]}, {'module': 'Rate', 'shape': [2]}]}",
                "Rate '1_Rate': NIR has no primitive for Rate, expected ");
        assertRefused(
                "{'module': 'LIF', 'shape': [4, 2]}", "LIF: NIR's neurons have one synapse, but these have 2 each");
        assertRefused(
                "{'module': 'LIF', 'shape': [2], 'noise_std': 0.5, 'max_spikes_per_dt': 1}",
                "LIF: NIR cannot express noise_std 0.5, nor max_spikes_per_dt 1.0; expected --lossy to leave 2 things out");
        assertRefused(
                "{'module': 'Sequential', 'modules': [{'module': 'LIF', 'shape': [2]}, {'module': 'NIRLIF', 'shape': [2]}]}",
                "the network has neurons of [rockpool, nir] at once, but a NIR file is read in one way; expected one");
    }

    private void assertRefused(String json, String message) {
        Module network = NetworkFile.parse(json.replace('\'', '"'), "network");
        Path file = folder.resolve("refused.nir");
        assertThatThrownBy(() -> NirExport.write(network, file, false))
                .isInstanceOf(RiffleException.class)
                .hasMessageStartingWith(message);
        assertThat(file).doesNotExist();
    }

    @Test
    void lossesAreListedWhereTheyAreWanted() {
        Module network = NetworkFile.parse("{\"module\": \"LIF\", \"shape\": [2], \"noise_std\": 0.5}", "network");
        Path file = folder.resolve("lossy.nir");
        assertThat(NirExport.write(network, file, true)).contains("lost: LIF: noise_std 0.5");
        assertThat(NirNetwork.read(file, NirSettings.NONE).module().sizeIn()).isEqualTo(2);
    }

    /** The reference library finds the same numbers in what we write. */
    @Test
    void theReferenceLibraryReadsIt() throws IOException {
        Python.assumeHas("nir");
        Module network = NetworkFile.parse(LAYERS, "layers");
        NirExport.write(network, folder.resolve("layers.nir"), false);
        for (Path graph : graphs()) {
            NirExport.write(read(graph), folder.resolve(graph.getFileName().toString()), false);
        }
        String script =
                """
                import sys, nir, numpy as np
                def flat(g, p=""):
                    for name in sorted(g.nodes):
                        n = g.nodes[name]
                        if type(n).__name__ == "NIRGraph":
                            yield from flat(n, p + name + ".")
                        else:
                            for k in ("weight", "bias", "tau", "tau_mem", "tau_syn", "r", "v_leak", "v_threshold", "w_in", "scale", "delay", "threshold"):
                                if hasattr(n, k):
                                    yield p + name + "." + k, np.asarray(getattr(n, k), dtype=np.float32)
                for name in sys.argv[1:]:
                    for path, values in flat(nir.read(name)):
                        print(name, path, values.size, repr(float(np.sum(values.astype(np.float64)))))
                """;
        Path file = Files.writeString(folder.resolve("read.py"), script);
        String[] names = Stream.concat(
                        Stream.of("layers.nir"),
                        graphs().stream().map(graph -> graph.getFileName().toString()))
                .toArray(String[]::new);
        List<String> arguments = new java.util.ArrayList<>(List.of(file.toString()));
        arguments.addAll(List.of(names));
        String printed = Python.run(folder, arguments.toArray(String[]::new));
        for (String name : names) {
            for (NirNode node : nodes(NirFile.read(folder.resolve(name)))) {
                for (String key : List.of("weight", "tau", "tau_mem", "r", "v_leak", "v_threshold", "scale", "delay")) {
                    if (node.has(key)) {
                        double sum = 0;
                        for (float value : node.tensor(key).toArray()) {
                            sum += value;
                        }
                        String start = "%s %s.%s %d "
                                .formatted(
                                        name,
                                        node.path(),
                                        key,
                                        node.tensor(key).shape().count());
                        double wanted = sum;
                        assertThat(printed.lines().filter(line -> line.startsWith(start)))
                                .as(start)
                                .hasSize(1)
                                .allSatisfy(line -> assertThat(Double.parseDouble(line.substring(start.length())))
                                        .isCloseTo(
                                                wanted,
                                                org.assertj.core.data.Offset.offset(1e-9 * (1 + Math.abs(wanted)))));
                    }
                }
            }
        }
        assertThat(printed.lines().count())
                .as(String.format(Locale.ROOT, "all of%n%s", printed))
                .isGreaterThan(60);
    }

    private static List<NirNode> nodes(NirGraph graph) {
        return graph.nodes().values().stream()
                .flatMap(node -> node.inner().isPresent() ? nodes(node.inner().get()).stream() : Stream.of(node))
                .toList();
    }
}
