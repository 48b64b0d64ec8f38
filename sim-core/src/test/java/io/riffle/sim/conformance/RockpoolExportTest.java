package io.riffle.sim.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.sim.network.NetworkFile;
import io.riffle.sim.testing.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rockpool itself, with our script, writes networks and what they compute; Riffle reads them and computes the same. */
class RockpoolExportTest {
    private static final Path SCRIPT = Path.of("../python/rockpool_to_riffle.py");
    private static final List<Path> IMPORTS = List.of(SCRIPT.getParent());
    private static final String NETWORKS =
            Path.of("src/test/resources/rockpool/networks.py").toAbsolutePath().toString();

    @TempDir
    private Path folder;

    private static void needs(String backEnd) {
        Python.assumeHas("rockpool");
        Python.assumeHas(backEnd);
    }

    @ParameterizedTest
    @CsvSource({"numpy, 35", "torch, 50", "jax, 35"})
    void riffleComputesWhatRockpoolDoes(String backEnd, int networks) throws IOException {
        needs(backEnd);
        Python.run(folder, IMPORTS, NETWORKS, backEnd, folder.toString());
        List<Path> cases = cases();
        assertThat(cases).hasSize(networks);
        SoftAssertions all = new SoftAssertions();
        for (Path file : cases) {
            CaseResult result = Conformance.replay(file);
            all.assertThat(result.failure()).as(result.name()).isEmpty();
            all.assertThat(result.backend()).isEqualTo(backEnd);
        }
        all.assertAll();
    }

    @Test
    void whatOnlyTorchKnowsIsRefusedWithAReason() {
        needs("torch");
        assertThat(refused("torch"))
                .isEqualTo(
                        """
                        1_TimeStepDropout (TimeStepDropout): it is in training mode; call .eval() first
                        the network (LIFTorch): its spike_generation_fn is Wave, expected StepPWL or PeriodicExponential
                        the network (LIFTorch): its alpha or beta was set beside tau_mem and tau_syn, and Rockpool computes with either
                        the network (Linear): its class is torch.nn.modules.linear.Linear, whose Python Riffle cannot run; \
                        build it of Rockpool's modules, or write it as a module in Java
                        Rockpool's UpDown forgets all after a call, so it is recorded in one call only""");
    }

    @Test
    void whatRiffleHasNotIsRefusedWithAReason() {
        needs("numpy");
        assertThat(refused("numpy"))
                .isEqualTo(
                        """
                        1_Mine (Mine): its class is __main__.refused_of_numpy.<locals>.Mine, whose Python Riffle cannot run; \
                        build it of Rockpool's modules, or write it as a module in Java
                        the network (TimedModuleWrapper): it is the timed form of a module; give the module itself
                        the network (Instant): its function is none of those that Riffle has: identity, tanh, abs, square, relu
                        the network (Rate): its function is none of those that Riffle has: relu, tanh, sigmoid
                        the network (Rate): a tau is below 10 dt, where Rockpool's numpy back end computes with 10 dt instead; \
                        set it to what you mean, or take RateTorch, which computes with tau
                        the network (ExpSyn): its max_window_length is below 10 tau / dt, but Riffle's synapses forget nothing
                        1_LIF (LIF): its bias holds NaN or infinity
                        the network (ButterMelFilter): its filter_width is not the usual 2, and Rockpool does not keep what it is
                        the network (LIF): its noise_std is not 0, and no two libraries draw the same noise; record it with 0
                        the input has the shape (5,), expected (T, N) or (B, T, N), nothing empty
                        the calls are [2, 2], expected steps that add up to the input's 5
                        Rockpool's ButterFilter forgets all after a call, so it is recorded in one call only
                        recorded 2 of 3 steps: in step 2 a membrane of 1_LIF meets its threshold but for rounding, from where on \
                        two libraries may differ
                        in step 0 a membrane of 1_LIF meets its threshold but for rounding; record another input""");
    }

    @Test
    void whatJaxCannotRecordIsRefusedWithAReason() {
        needs("jax");
        assertThat(refused("jax"))
                .isEqualTo(
                        """
                        the network (RateJax): its function is none of those that Riffle has: relu, tanh, sigmoid
                        the input has a batch of 2, but Rockpool's Softmax takes no batch
                        Rockpool's ModSequential loses the state of Jax modules after a call; make it without an OrderedDict, \
                        or record it in one call""");
    }

    @Test
    void theShellWritesANetworkAndACase() throws IOException {
        needs("numpy");
        Files.writeString(
                folder.resolve("mine.py"),
                """
                import numpy as np
                from rockpool.nn.combinators import Sequential
                from rockpool.nn.modules import LIF, Linear

                def net():
                    return Sequential(Linear((2, 3), weight=np.full((2, 3), 0.25)), LIF(3, tau_mem=0.05))

                np.save("x.npy", np.eye(2)[np.arange(40) % 2])
                """);
        String script = SCRIPT.toAbsolutePath().toString();
        assertThat(Python.run(folder, script, "mine:net", "net.json", "--case", "case.json", "--input", "x.npy"))
                .isEmpty();
        assertThat(NetworkFile.read(folder.resolve("net.json")))
                .hasToString(
                        """
                        Sequential  with shape (2, 3) {
                            Linear '0_Linear' with shape (2, 3)
                            LIF '1_LIF' with shape (3, 3)
                        }""");
        CaseResult result = Conformance.replay(folder.resolve("case.json"));
        assertThat(result.failure()).isEmpty();
        assertThat(result.spikes()).isEqualTo(CaseResult.Spikes.EQUAL);
    }

    private String refused(String backEnd) {
        return Python.run(folder, IMPORTS, NETWORKS, backEnd, "refused");
    }

    private List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
