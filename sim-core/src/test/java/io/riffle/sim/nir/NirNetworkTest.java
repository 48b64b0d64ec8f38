package io.riffle.sim.nir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
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
                        "warning: node 'fc.1' (LIF) declares the input_type (7,), but it is (3,): taken is what its values "
                                + "and the nodes before it say",
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

    /** A cycle three graphs down, with neurons in front of it and behind it, does what the same nodes do in one graph. */
    @Test
    void cyclesStandInGraphsSeveralLevelsDeep() {
        NirNode neurons = NirNode.of(
                "lif",
                "LIF",
                Map.of(
                        "tau", Tensor.of(0.01f, 0.02f),
                        "r", Tensor.of(5f, 8f),
                        "v_leak", Tensor.of(0f, 0.1f),
                        "v_threshold", Tensor.of(0.5f, 0.6f),
                        "v_reset", Tensor.of(0f, 0.05f)));
        NirNode back = NirNode.of("w", "Linear", Map.of("weight", Tensor.of(new float[][] {{0.3f, -1}, {0.8f, 0.2f}})));
        Map<String, NirNode> cycle = new LinkedHashMap<>();
        cycle.put("input", TestingGraphs.end("Input", 2));
        cycle.put("lif", neurons);
        cycle.put("w", back);
        cycle.put("output", TestingGraphs.end("Output", 2));
        List<NirGraph.Edge> edges = List.of(
                new NirGraph.Edge("input", "lif"),
                new NirGraph.Edge("lif", "w"),
                new NirGraph.Edge("w", "lif"),
                new NirGraph.Edge("lif", "output"));
        NirGraph inner = new NirGraph(cycle, edges, Map.of());
        for (int level = 0; level < 3; level++) {
            Map<String, NirNode> chain = new LinkedHashMap<>();
            chain.put("before" + level, NirNode.of("s", "Scale", Map.of("scale", Tensor.of(1f, 2f))));
            chain.put("graph" + level, new NirNode("", "NIRGraph", Map.of(), Optional.of(inner)));
            inner = TestingGraphs.chain(new int[] {2}, new int[] {2}, chain);
        }
        NirNetwork nested = written(inner, "nested.nir");
        Map<String, NirNode> chain = new LinkedHashMap<>();
        chain.put("before", NirNode.of("s", "Scale", Map.of("scale", Tensor.of(1f, 8f))));
        chain.put("graph", new NirNode("", "NIRGraph", Map.of(), Optional.of(new NirGraph(cycle, edges, Map.of()))));
        Module flat = written(TestingGraphs.chain(new int[] {2}, new int[] {2}, chain), "flat.nir")
                .module();

        assertThat(nested.report())
                .contains("the edge from 'graph2.graph1.graph0.lif' to 'graph2.graph1.graph0.w' of a cycle carries the "
                        + "value of the step before");
        float[] values = new float[400];
        Random random = new Random(3);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() / 3;
        }
        Tensor input = Tensor.wrap(values, 200, 2);
        Tensor output = flat.evolve(input).output();
        assertThat(nested.module().evolve(input).output()).isEqualTo(output);
        float spikes = 0;
        for (float value : output.toArray()) {
            spikes += value;
        }
        assertThat(spikes).isBetween(20f, 380f);
    }

    @Test
    void whatAFileHoldsBesidesIsSaid() {
        NirNetwork read = NirNetwork.read(FILES.resolve("metadata.nir"), MILLISECOND);
        assertThat(read.report())
                .contains(
                        "the graph has metadata, which change nothing: author=somebody, year=2024.0",
                        "node 'lif' (LIF) has what no LIF has, ignored: metadata.trained=yes, note=fast, "
                                + "surrogate=values of shape (5,)");
        assertThat(read.module().sizeIn()).isEqualTo(2);
    }

    @Test
    void dimensionsInAnotherOrderAreAWarning() {
        NirNode pool =
                NirNode.of("p", "SumPool2d", Map.of("kernel_size", Tensor.of(1f, 1f), "stride", Tensor.of(1f, 1f)));
        NirNode scale = NirNode.of("s", "Scale", Map.of("scale", Tensor.wrap(new float[8], 2, 2, 2)));
        Map<String, NirNode> chain = new LinkedHashMap<>();
        chain.put("p", pool);
        chain.put("s", scale);
        assertThat(written(TestingGraphs.chain(new int[] {1, 2, 4}, new int[] {2, 2, 2}, chain), "order.nir")
                        .report())
                .contains("warning: node 's' (Scale) takes (2, 2, 2), but 'p' gives (1, 2, 4): taken are the values as "
                        + "they lie, row-major");
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
        NirWriter.write(graph, file);
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
        Path typeless = folder.resolve("typeless.nir");
        try (WritableHdfFile file = HdfFile.write(typeless)) {
            file.putGroup("node").putDataset("weights", new float[] {1});
        }
        assertThatThrownBy(() -> NirNetwork.read(typeless, MILLISECOND))
                .hasMessage(typeless + ": the group 'node' has no type, expected the type NIRGraph");
        Path huge = FILES.resolve("huge.nir");
        assertThatThrownBy(() -> NirNetwork.read(huge, MILLISECOND))
                .hasMessage(huge
                        + ": node 'fc': weight declares 1000000000 values, more than a file of 17536 bytes can hold");
        Path missing = folder.resolve("missing.nir");
        assertThatThrownBy(() -> NirNetwork.read(missing, MILLISECOND))
                .hasMessage("network file %s does not exist".formatted(missing));
    }

    /** Nothing that is cut off becomes zeros, wherever it was cut. */
    @Test
    void aFileThatWasCutIsNoOtherNetwork() throws IOException {
        Path written = folder.resolve("written.nir");
        NirWriter.write(
                TestingGraphs.single(NirNode.of("s", "Scale", Map.of("scale", Tensor.of(3f, 4f))), 2, 2), written);
        Path cut = folder.resolve("cut.nir");
        for (Path file : List.of(CASES.resolve("affine_lif.nir"), FILES.resolve("old.nir"), written)) {
            byte[] whole = Files.readAllBytes(file);
            for (int missing : new int[] {1, 8, 100, whole.length / 2}) {
                Files.write(cut, Arrays.copyOf(whole, whole.length - missing));
                assertThatThrownBy(() -> NirNetwork.read(cut, MILLISECOND))
                        .isInstanceOf(RiffleException.class)
                        .hasMessage("%s was cut: %d bytes are there, its header says %d"
                                .formatted(cut, whole.length - missing, whole.length));
            }
        }
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
