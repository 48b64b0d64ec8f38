package io.riffle.sim.nir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.riffle.sim.Module;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import io.riffle.sim.nir.nodes.Semantics;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One graph as five libraries read it. What is expected is computed here, in double precision, straight from the table of
 * their readings; {@code docs/nir.md} has it.
 */
class SemanticsTest {
    private static final int STEPS = 200;
    private static final double DT = 1e-3;
    private static final float TAU = 0.02f;
    private static final float TAU_SYN = 0.008f;
    private static final float R = 3;
    private static final float W_IN = 0.7f;
    private static final float THRESHOLD = 0.8f;
    private static final float RESET = -0.1f;

    @TempDir
    private Path folder;

    /** A neuron in double precision. */
    private static final class Neuron {
        private double i;
        private double v;
    }

    /** One step of a neuron: the output. */
    private interface Step {
        double of(Neuron neuron, double x);
    }

    private static double once(Neuron neuron, double threshold, double reset) {
        if (neuron.v > threshold) {
            neuron.v = reset;
            return 1;
        }
        return 0;
    }

    private static double each(Neuron neuron, double threshold) {
        double spikes = neuron.v > 0 ? Math.floor(neuron.v / threshold) : 0;
        neuron.v -= spikes * threshold;
        return spikes;
    }

    private static Step expected(Semantics semantics, String type, double dt, float tau, float r, double leak) {
        double k = dt / tau;
        double ks = dt / TAU_SYN;
        return switch (semantics + " " + type) {
            case "nir LI" -> (n, x) -> n.v += k * (leak - n.v + r * x);
            case "nir LIF" ->
                (n, x) -> {
                    n.v += k * (leak - n.v + r * x);
                    return once(n, THRESHOLD, RESET);
                };
            case "nir I" -> (n, x) -> n.v += dt * r * x;
            case "nir IF" ->
                (n, x) -> {
                    n.v += dt * r * x;
                    return once(n, THRESHOLD, RESET);
                };
            case "nir CubaLI" ->
                (n, x) -> {
                    n.i += ks * (-n.i + W_IN * x);
                    return n.v += k * (leak - n.v + r * n.i);
                };
            case "nir CubaLIF" ->
                (n, x) -> {
                    n.i += ks * (-n.i + W_IN * x);
                    n.v += k * (leak - n.v + r * n.i);
                    return once(n, THRESHOLD, RESET);
                };
            case "norse LI" -> (n, x) -> n.v += k * (leak - n.v + x);
            case "norse LIF" ->
                (n, x) -> {
                    n.v += k * (leak - n.v + x);
                    return once(n, THRESHOLD, 0);
                };
            case "norse IF" ->
                (n, x) -> {
                    n.v += x;
                    return once(n, THRESHOLD, 0);
                };
            case "norse CubaLIF" ->
                (n, x) -> {
                    n.i += ks * (leak - n.i + W_IN * x);
                    n.v += k * (leak - n.v + r * n.i);
                    return once(n, THRESHOLD, 0);
                };
            case "snntorch LIF" ->
                (n, x) -> {
                    n.v = (1 - k) * n.v + x;
                    return once(n, THRESHOLD / (r * k), 0);
                };
            case "snntorch CubaLIF" ->
                (n, x) -> {
                    n.i = (1 - ks) * n.i + x;
                    n.v = (1 - k) * n.v + n.i;
                    return once(n, THRESHOLD / (W_IN * ks), 0);
                };
            case "snntorch IF" ->
                (n, x) -> {
                    double twice = n.v > THRESHOLD ? THRESHOLD : 0;
                    n.v = 0.9 * n.v + x;
                    double spike = n.v - twice > THRESHOLD ? 1 : 0;
                    n.v -= spike * THRESHOLD;
                    return spike;
                };
            case "sinabs LI" -> (n, x) -> n.v = Math.exp(-1 / (double) tau) * n.v + x;
            case "sinabs LIF" ->
                (n, x) -> {
                    n.v = Math.exp(-1 / (double) tau) * n.v + x;
                    return each(n, THRESHOLD);
                };
            case "sinabs IF" ->
                (n, x) -> {
                    n.v += x;
                    double spikes = each(n, THRESHOLD);
                    n.v = Math.max(n.v, -THRESHOLD);
                    return spikes;
                };
            case "rockpool LIF" ->
                (n, x) -> {
                    n.v = n.v * Math.exp(-k) + x + leak;
                    return each(n, THRESHOLD);
                };
            case "rockpool CubaLIF" ->
                (n, x) -> {
                    n.i = (n.i + x) * Math.exp(-ks);
                    n.v = n.v * Math.exp(-k) + n.i + leak;
                    return each(n, THRESHOLD);
                };
            case "rockpool LI" -> (n, x) -> n.v = (n.v + x) * Math.exp(-k);
            default -> throw new IllegalArgumentException(semantics + " " + type);
        };
    }

    /** {@code scale} makes inputs of a size that lets neurons fire now and then. */
    @ParameterizedTest
    @CsvSource({
        "nir, LI, 1",
        "nir, LIF, 1",
        "nir, I, 1",
        "nir, IF, 60",
        "nir, CubaLI, 1",
        "nir, CubaLIF, 1.5",
        "norse, LI, 1",
        "norse, LIF, 3",
        "norse, IF, 0.1",
        "norse, CubaLIF, 1.5",
        "snntorch, LIF, 12",
        "snntorch, CubaLIF, 0.08",
        "snntorch, IF, 0.5",
        "sinabs, LI, 1",
        "sinabs, LIF, 0.6",
        "sinabs, IF, 0.4",
        "rockpool, LIF, 0.6",
        "rockpool, CubaLIF, 0.5",
        "rockpool, LI, 1"
    })
    void everyLibraryReadsTheSameGraphInItsOwnWay(String library, String type, double scale) {
        Semantics semantics = Semantics.of(library);
        boolean noLeak = semantics == Semantics.SNNTORCH || semantics == Semantics.SINABS;
        float leak = noLeak ? 0 : 0.05f;
        float tau = semantics == Semantics.SINABS ? 20 : TAU;
        double dt =
                switch (semantics) {
                    case SNNTORCH -> 1e-4;
                    case ROCKPOOL -> type.equals("LI") ? DT : tau / (1.0 + R);
                    default -> DT;
                };
        float r = semantics == Semantics.SINABS && type.equals("LI") ? 1 : R;
        if (semantics == Semantics.SNNTORCH && type.equals("CubaLIF")) {
            r = (float) (tau / dt);
        }
        Map<String, Object> values = values(type, tau, r, leak);
        boolean needsDt = semantics != Semantics.SNNTORCH && (semantics != Semantics.ROCKPOOL || type.equals("LI"));
        Module network = read(type, values, semantics, needsDt ? Optional.of(DT) : Optional.empty());

        Random random = new Random(type.hashCode());
        float[] input = new float[STEPS];
        for (int t = 0; t < STEPS; t++) {
            input[t] = (float) (scale * (random.nextDouble() - 0.15));
        }
        float[] output =
                network.evolve(Tensor.of(input).reshape(STEPS, 1)).output().toArray();

        Neuron neuron = new Neuron();
        neuron.v = semantics == Semantics.NORSE && !type.equals("IF") ? leak : 0;
        neuron.i = semantics == Semantics.NORSE ? leak : 0;
        Step step = expected(semantics, type, dt, tau, r, leak);
        double sum = 0;
        for (int t = 0; t < STEPS; t++) {
            double wanted = step.of(neuron, input[t]);
            sum += Math.abs(wanted);
            assertThat(Math.abs(output[t] - wanted) / (1 + Math.abs(wanted)))
                    .as("%s %s, step %d: %s, expected %s", semantics, type, t, output[t], wanted)
                    .isLessThan(type.endsWith("F") ? 1e-9 : 1e-5);
        }
        assertThat(sum).as("something happened").isGreaterThan(2);
        if (type.endsWith("F")) {
            assertThat(sum).as("but not always").isLessThan(STEPS / 2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "norse, I",
        "norse, CubaLI",
        "snntorch, LI",
        "snntorch, I",
        "snntorch, CubaLI",
        "sinabs, CubaLIF",
        "sinabs, I",
        "sinabs, CubaLI",
        "rockpool, IF",
        "rockpool, I",
        "rockpool, CubaLI"
    })
    void whatALibraryDoesNotReadIsNamed(String library, String type) {
        assertThatThrownBy(() -> read(type, values(type, TAU, R, 0), Semantics.of(library), Optional.empty()))
                .isInstanceOf(RiffleException.class)
                .hasMessageContaining("graph.nir: node 'n' (%s): ".formatted(type))
                .hasMessageContaining(library + " has no reading of it");
    }

    @Test
    void whatALibraryTakesOnlyOneValueOfIsRefusedWithAnother() {
        assertThatThrownBy(() -> read("LIF", values("LIF", TAU, R, 0.1f), Semantics.SNNTORCH, Optional.empty()))
                .hasMessageContaining("node 'n' (LIF): NIRLIF: v_leak is 0.1, but snntorch takes 0.0 only");
        assertThatThrownBy(() -> read("CubaLIF", values("CubaLIF", TAU, R, 0), Semantics.SNNTORCH, Optional.empty()))
                .hasMessageContaining("r is 3.0, but snntorch takes tau_mem / dt only, which is 199.99");
        assertThatThrownBy(() -> read("LI", values("LI", TAU, R, 0), Semantics.SINABS, Optional.of(DT)))
                .hasMessageContaining("r is 3.0, but sinabs takes 1.0 only");
    }

    @Test
    void theTimeStepIsWhatTheLibraryMakesOfTheFile() {
        Module rockpool = read("LIF", values("LIF", TAU, R, 0), Semantics.ROCKPOOL, Optional.empty());
        assertThat(rockpool.timeSteps()).hasSize(1);
        assertThat(rockpool.timeSteps().iterator().next()).isCloseTo(0.005, within(1e-9));
        assertThatThrownBy(() -> read("LIF", values("LIF", TAU, R, 0), Semantics.SNNTORCH, Optional.of(DT)))
                .hasMessageContaining("dt is given as 0.001 s, but 1.0E-4 s is what snntorch makes of the file");
        assertThatThrownBy(() -> read("LIF", values("LIF", TAU, R, 0), Semantics.NIR, Optional.empty()))
                .hasMessageContaining(
                        "node 'n' (LIF): it needs the length of a step, which no NIR file says; expected --dt");
    }

    /** Rockpool gives each node a step of its own; in the network's one step both decay as they would there. */
    @Test
    void nodesOfOtherStepsDecayAsInRockpool() {
        Map<String, NirNode> chain = new LinkedHashMap<>();
        chain.put("a", NirNode.of("a", "CubaLIF", cuba(9)));
        chain.put("b", NirNode.of("b", "CubaLIF", cuba(4)));
        Path file = folder.resolve("two.nir");
        NirWriter.write(TestingGraphs.chain(new int[] {1}, new int[] {1}, chain), file);

        NirNetwork read = NirNetwork.read(file, new NirSettings(Optional.empty(), Optional.of(Semantics.ROCKPOOL)));

        assertThat(read.module().timeSteps()).singleElement().satisfies(dt -> assertThat(dt)
                .isCloseTo(0.002, within(1e-9)));
        assertThat(read.module().parameters().tensor("a.tau_mem").get(0)).isEqualTo(TAU);
        assertThat(Math.exp(
                        -0.002 / read.module().parameters().tensor("b.tau_mem").get(0)))
                .isCloseTo(Math.exp(-0.004 / TAU), within(1e-7));
        assertThat(Math.exp(
                        -0.002 / read.module().parameters().tensor("b.tau_syn").get(0, 0)))
                .isCloseTo(Math.exp(-0.004 / TAU_SYN), within(1e-7));
        assertThat(read.report())
                .filteredOn(
                        line -> line.matches(
                                "node 'b' \\(CubaLIF\\) has in rockpool steps of 0\\.00[34]\\d* s: its tau_... is taken 0\\.[45]\\d* times.*"))
                .hasSize(2);
    }

    private static Map<String, Object> cuba(float r) {
        return values("CubaLIF", TAU, r, 0);
    }

    private Module read(String type, Map<String, Object> values, Semantics semantics, Optional<Double> dt) {
        Path file = folder.resolve("graph.nir");
        NirWriter.write(TestingGraphs.single(NirNode.of("n", type, values), 1, 1), file);
        return NirNetwork.read(file, new NirSettings(dt, Optional.of(semantics)))
                .module();
    }

    private static Map<String, Object> values(String type, float tau, float r, float leak) {
        Map<String, Object> values = new LinkedHashMap<>();
        boolean cuba = type.startsWith("Cuba");
        if (cuba) {
            values.put("tau_syn", Tensor.of(TAU_SYN));
            values.put("tau_mem", Tensor.of(tau));
            values.put("w_in", Tensor.of(W_IN));
        } else if (type.startsWith("L")) {
            values.put("tau", Tensor.of(tau));
        }
        values.put("r", Tensor.of(r));
        if (cuba || type.startsWith("L")) {
            values.put("v_leak", Tensor.of(leak));
        }
        if (type.endsWith("F")) {
            values.put("v_threshold", Tensor.of(THRESHOLD));
            values.put("v_reset", Tensor.of(RESET));
        }
        assertThat(List.of("LI", "LIF", "I", "IF", "CubaLI", "CubaLIF")).contains(type);
        return values;
    }
}
