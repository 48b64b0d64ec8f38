package io.riffle.sim.nir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.riffle.sim.Module;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import io.riffle.sim.combinators.Graph;
import io.riffle.sim.combinators.Sequential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NirNetworkTest {
    private static final Path FILES = Path.of("src/test/resources/nir");
    private static final Path CASES = Path.of("src/test/resources/conformance/nir");
    private static final NirSettings MILLISECOND = new NirSettings(Optional.of(1e-3), Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void filesOfTheFirstVersionsAreRead() {
        NirNetwork read = NirNetwork.read(FILES.resolve("old.nir"), MILLISECOND);

        assertThat(read.module()).isInstanceOf(Sequential.class);
        assertThat(read.module().modules()).containsOnlyKeys("fc_0", "fc_1");
        assertThat(read.module().parameters().tensor("fc_0.weight"))
                .isEqualTo(Tensor.of(new float[][] {{1, 3, 0.5f}, {2, -1, 0.5f}}));
        assertThat(read.report())
                .contains(
                        "semantics: nir",
                        "dt: 0.001 s",
                        "node 'fc.0' is called 'fc_0' here",
                        "node 'fc.1' (LIF) has no v_reset: taken as 0.0",
                        "node 'fc.1' (LIF): tau of shape () stands for all of (3,)",
                        "warning: node 'output' (Output) declares the shape (1, 1, 1), but gets (3,): taken is what it gets")
                .anyMatch(line -> line.startsWith("LIF: v += dt/tau (v_leak - v + r x); a spike if v > v_threshold"));
    }

    @Test
    void branchesAreSummedAndGraphsStandInGraphs() {
        NirNetwork read = NirNetwork.read(FILES.resolve("branches.nir"), NirSettings.NONE);

        assertThat(read.module()).isInstanceOf(Graph.class);
        assertThat(read.module()
                        .evolve(Tensor.of(new float[][] {{1, 2}}))
                        .output()
                        .toArray())
                .containsExactly(20 + 0.5f, 60 - 2);
        assertThat(read.report()).contains("dt: 0.002 s");
    }

    @Test
    void anEdgeThatStandsTwiceCountsTwice() {
        NirNode one = NirNode.of("s", "Scale", Map.of("scale", Tensor.of(3f)));
        NirGraph single = TestingGraphs.single(one, 1, 1);
        NirGraph doubled = new NirGraph(
                single.nodes(),
                List.of(
                        single.edges().get(0),
                        single.edges().get(0),
                        single.edges().get(1)),
                Map.of());
        assertThat(written(doubled, "twice.nir")
                        .module()
                        .evolve(Tensor.of(5f))
                        .output()
                        .toArray())
                .containsExactly(30);
    }

    @Test
    void poolsAndConvolutionsSayWhatTheirSignalsAreMadeOf() {
        NirNetwork read = NirNetwork.read(CASES.resolve("conv2d_if_sumpool_flatten_affine_lif.nir"), MILLISECOND);
        assertThat(read.report())
                .contains(
                        "node 'input' (Input): signals of shape (2, 8, 8), flat and row-major",
                        "node 'conv' (Conv2d): signals of shape (2, 8, 8) -> (3, 8, 8), flat and row-major",
                        "node 'pool' (SumPool2d): signals of shape (3, 8, 8) -> (3, 4, 4), flat and row-major",
                        "node 'flatten' (Flatten): signals of shape (3, 4, 4) -> (48,), flat and row-major");
    }

    @Test
    void theMeanOfAWindowCountsThePadding() {
        NirNode pool = NirNode.of(
                "p",
                "AvgPool2d",
                Map.of("kernel_size", Tensor.of(2f, 2f), "stride", Tensor.of(2f, 2f), "padding", Tensor.of(1f, 1f)));
        Module network = written(
                        TestingGraphs.chain(new int[] {1, 2, 2}, new int[] {1, 2, 2}, Map.of("p", pool)), "p.nir")
                .module();
        assertThat(network.evolve(Tensor.of(new float[][] {{4, 8, 12, 16}}))
                        .output()
                        .toArray())
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void paddingThatKeepsTheSizeBeginsWithTheSmallerHalf() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("weight", Tensor.wrap(new float[] {1, 10}, 1, 1, 2));
        values.put("bias", Tensor.of(0f));
        values.put("padding", "same");
        Module network = written(
                        TestingGraphs.chain(
                                new int[] {1, 3}, new int[] {1, 3}, Map.of("c", NirNode.of("c", "Conv1d", values))),
                        "c.nir")
                .module();
        // all of the one zero stands at the end: y[x] = u[x] + 10 u[x + 1]
        assertThat(network.evolve(Tensor.of(new float[][] {{1, 2, 3}})).output().toArray())
                .containsExactly(21, 32, 3);
    }

    @Test
    void groupsKeepTheirChannelsApart() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("weight", Tensor.wrap(new float[] {2, 3}, 2, 1, 1));
        values.put("bias", Tensor.of(0f, 1f));
        values.put("groups", Tensor.scalar(2));
        Module network = written(
                        TestingGraphs.chain(
                                new int[] {2, 2}, new int[] {2, 2}, Map.of("c", NirNode.of("c", "Conv1d", values))),
                        "g.nir")
                .module();
        assertThat(network.evolve(Tensor.of(new float[][] {{1, 2, 3, 4}}))
                        .output()
                        .toArray())
                .containsExactly(2, 4, 10, 13);
    }

    private NirNetwork written(NirGraph graph, String name) {
        Path file = folder.resolve(name);
        NirFile.write(graph, file);
        return NirNetwork.read(file, MILLISECOND);
    }

    private void assertRefused(NirGraph graph, String message) {
        assertThatThrownBy(() -> written(graph, "wrong.nir"))
                .isInstanceOf(RiffleException.class)
                .hasMessage(folder.resolve("wrong.nir") + message);
    }

    @Test
    void whatIsWrongIsNamed() {
        Tensor matrix = Tensor.wrap(new float[6], 3, 2);
        assertRefused(
                TestingGraphs.single(NirNode.of("n", "Quantum", Map.of()), 2, 2),
                ": node 'n' (Quantum): there is no such primitive, expected one of NIR's");
        Map<String, NirNode> layers = new LinkedHashMap<>();
        layers.put("fc", NirNode.of("fc", "Linear", Map.of("weight", matrix)));
        layers.put("fc2", NirNode.of("fc2", "Linear", Map.of("weight", matrix)));
        assertRefused(
                TestingGraphs.chain(new int[] {2}, new int[] {3}, layers),
                ": node 'fc2' (Linear): it takes (2,), but 'fc' gives (3,)");
        assertRefused(
                TestingGraphs.single(NirNode.of("fc", "Linear", Map.of("weight", Tensor.of(1f, 2f))), 2, 4),
                ": node 'fc' (Linear): weight has the shape (2,), expected (out, in)");
        assertRefused(
                TestingGraphs.single(NirNode.of("fc", "Linear", Map.of()), 2, 4),
                ": node 'fc' (Linear): weight is missing");
        assertRefused(
                TestingGraphs.single(NirNode.of("n", "Scale", Map.of("scale", Tensor.of(1f, Float.NaN))), 2, 2),
                ": node 'n' (Scale): scale holds NaN, expected finite numbers");
        assertRefused(
                TestingGraphs.single(
                        NirNode.of(
                                "n", "LI", Map.of("tau", Tensor.of(-1f), "r", Tensor.of(1f), "v_leak", Tensor.of(0f))),
                        1,
                        1),
                ": node 'n' (LI): NIRLI: tau is -1.0, expected above 0");
        NirGraph fine = TestingGraphs.single(NirNode.of("n", "Scale", Map.of("scale", Tensor.of(1f))), 1, 1);
        assertRefused(
                new NirGraph(fine.nodes(), List.of(new NirGraph.Edge("input", "m")), Map.of()),
                ": the edge from 'input' to 'm': there is no node 'm', did you mean 'n'?");
        Map<String, NirNode> loop = new LinkedHashMap<>(fine.nodes());
        loop.put("m", NirNode.of("m", "Scale", Map.of("scale", Tensor.of(1f))));
        assertRefused(
                new NirGraph(
                        loop,
                        List.of(
                                new NirGraph.Edge("input", "n"),
                                new NirGraph.Edge("n", "m"),
                                new NirGraph.Edge("m", "n"),
                                new NirGraph.Edge("n", "output")),
                        Map.of()),
                ": the nodes [m, n] are a cycle in which no node with a state stands before another, so that no step "
                        + "could begin");
        assertRefused(
                new NirGraph(
                        Map.of("output", TestingGraphs.end("Output", 1)),
                        List.of(new NirGraph.Edge("output", "output")),
                        Map.of()),
                ": the graph has 0 nodes of type Input, expected one");
    }

    @Test
    void filesThatAreNoGraphsAreNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("text.nir"), "no HDF5");
        assertThatThrownBy(() -> NirNetwork.read(text, MILLISECOND))
                .hasMessage(text + " is no HDF5 file, expected a NIR graph");
        Path other = FILES.resolve("other.h5");
        assertThatThrownBy(() -> NirNetwork.read(other, MILLISECOND))
                .hasMessage(other + " is an HDF5 file without the group 'node', expected a NIR graph");
        Path huge = FILES.resolve("huge.nir");
        assertThatThrownBy(() -> NirNetwork.read(huge, MILLISECOND))
                .hasMessage(huge
                        + ": node 'fc': weight declares 1000000000 values, more than a file of 17536 bytes can hold");
        Path missing = folder.resolve("missing.nir");
        assertThatThrownBy(() -> NirNetwork.read(missing, MILLISECOND))
                .hasMessage("network file %s does not exist".formatted(missing));
        byte[] whole = Files.readAllBytes(CASES.resolve("affine_lif.nir"));
        Path cut = Files.write(folder.resolve("cut.nir"), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> NirNetwork.read(cut, MILLISECOND))
                .isInstanceOf(RiffleException.class)
                .hasMessageContaining("cut.nir");
    }

    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        Random random = new Random(6);
        List<Path> files;
        try (Stream<Path> all = Files.list(CASES)) {
            files = all.filter(file -> file.toString().endsWith(".nir"))
                    .sorted()
                    .toList();
        }
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = Files.readAllBytes(files.get(i % files.size()));
            if (random.nextInt(4) == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            } else {
                for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            Path file = Files.write(folder.resolve("damaged.nir"), bytes);
            Throwable thrown = catchThrowable(() -> NirNetwork.read(file, MILLISECOND));
            if (thrown != null) {
                refused++;
                assertThat(thrown)
                        .as("mutation %d of %s", i, files.get(i % files.size()))
                        .isInstanceOf(RiffleException.class);
            }
        }
        assertThat(refused).isBetween(200, 950);
    }
}
