package io.riffle.sim.nir;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.Tensor;
import io.riffle.sim.network.NetworkFile;
import io.riffle.sim.nir.nodes.AvgPool2d;
import io.riffle.sim.nir.nodes.Delay;
import io.riffle.sim.nir.nodes.NIRCubaLI;
import io.riffle.sim.nir.nodes.NIRCubaLIF;
import io.riffle.sim.nir.nodes.NIRI;
import io.riffle.sim.nir.nodes.NIRIF;
import io.riffle.sim.nir.nodes.NIRLI;
import io.riffle.sim.nir.nodes.NIRLIF;
import io.riffle.sim.nir.nodes.Scale;
import io.riffle.sim.nir.nodes.Threshold;
import io.riffle.sim.testing.ModuleContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NirContractTest {
    private static final Arguments FOUR = Arguments.shape(4);

    @Test
    void everyPrimitiveKeepsThePromisesOfAModule() {
        Module[] modules = {
            new NIRLI(FOUR.with("v_leak", 0.1)),
            new NIRLI(FOUR.with("v_leak", Tensor.of(0.1f, 0.2f, 0.3f, 0.4f)).with("semantics", "norse")),
            new NIRLIF(FOUR.with("r", 8)),
            new NIRLIF(FOUR.with("tau", 5).with("semantics", "sinabs")),
            new NIRCubaLI(FOUR),
            new NIRCubaLIF(FOUR.with("r", 9)),
            new NIRCubaLIF(FOUR.with("r", 9).with("v_leak", 0.2).with("semantics", "norse")),
            new NIRI(FOUR),
            new NIRIF(FOUR.with("r", 400)),
            new NIRIF(FOUR.with("semantics", "snntorch")),
            new Scale(FOUR.with("scale", Tensor.of(1f, 2f, 3f, 4f))),
            new Threshold(FOUR.with("threshold", 0.5)),
            new Delay(FOUR.with("delay", Tensor.of(0f, 0.001f, 0.004f, 0.03f))),
            new AvgPool2d(Arguments.none()
                    .with("input_shape", Tensor.of(2f, 4f, 4f))
                    .with("kernel_size", 3)
                    .with("stride", 2)
                    .with("padding", 1)),
        };
        for (int i = 0; i < modules.length; i++) {
            ModuleContract.check(modules[i], i);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "affine_lif",
                "conv1d_flatten_li",
                "conv2d_if_sumpool_flatten_affine_lif",
                "delay_linear_lif",
                "nested_rec_subgraph",
                "rec_cubalif_cycle"
            })
    void everyGraphKeepsThePromisesOfAModule(String name) {
        Path file = Path.of("src/test/resources/conformance/nir", name + ".nir");
        ModuleContract.check(
                NirNetwork.read(file, new NirSettings(Optional.of(1e-3), Optional.empty()))
                        .module(),
                3);
    }

    /** Noise, two cycles, a node on no cycle behind them: steps within a call must be those of the stream. */
    @Test
    void aGraphOfAnyModulesDoesSo() {
        String json =
                """
                {"module": "Graph", "shape": [3, 3], "names": ["a", "back", "b", "self", "out"], "modules": [
                    {"module": "LIF", "shape": [3], "tau_mem": 0.02, "noise_std": 2.0, "bias": 0.1},
                    {"module": "Linear", "shape": [3, 3], "weight": [[0.1, 0.2, 0], [0, 0.3, 0.1], [0.4, 0, 0]]},
                    {"module": "Rate", "shape": [3], "tau": 0.02, "noise_std": 0.5},
                    {"module": "Linear", "shape": [3, 3], "weight": [[0.1, 0, 0], [0, 0.1, 0], [0, 0, 0.1]]},
                    {"module": "ExpSyn", "shape": [3], "noise_std": 0.1}],
                 "edges": [["input", "a"], ["a", "back"], ["back", "a"], ["a", "b"], ["b", "self"], ["self", "b"],
                           ["b", "out"], ["input", "out"], ["out", "output"]]}
                """;
        for (int seed = 0; seed < 5; seed++) {
            ModuleContract.check(NetworkFile.parse(json, "the graph"), seed);
        }
    }
}
