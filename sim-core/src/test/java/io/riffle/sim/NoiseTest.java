package io.riffle.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.kernels.Noise;
import io.riffle.sim.modules.ExpSyn;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Rate;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseTest {
    private static final int COUNT = 40_000;
    private static final long GOLDEN_KEY = -4107712684527693230L;
    private static final float[] GOLDEN = {1.5532593f, 0.9334653f, 1.712277f};

    private static double[] draw(IntFunction<Float> draw) {
        double[] values = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            values[i] = draw.apply(i);
        }
        return values;
    }

    private static void assertStandardNormal(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = moment(values, mean, 2);
        assertThat(mean).isCloseTo(0, within(5 / Math.sqrt(values.length)));
        assertThat(variance).isCloseTo(1, within(5 * Math.sqrt(2.0 / values.length)));
        assertThat(moment(values, mean, 3)).isCloseTo(0, within(5 * Math.sqrt(15.0 / values.length)));
        assertThat(moment(values, mean, 4)).isCloseTo(3, within(5 * Math.sqrt(96.0 / values.length)));
        assertThat(kolmogorovSmirnov(values))
                .isLessThan(1.95 / Math.sqrt(values.length)); // 0.1 % of true normals exceed it
    }

    private static double moment(double[] values, double mean, int order) {
        return Arrays.stream(values)
                .map(value -> Math.pow(value - mean, order))
                .average()
                .orElseThrow();
    }

    /** The largest distance between the cumulative distribution of the values and the normal one. */
    private static double kolmogorovSmirnov(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double largest = 0;
        for (int i = 0; i < sorted.length; i++) {
            double normal = cumulativeNormal(sorted[i]);
            largest = Math.max(
                    largest, Math.max(normal - (double) i / sorted.length, (i + 1.0) / sorted.length - normal));
        }
        return largest;
    }

    /** By the series of Marsaglia (2004). */
    private static double cumulativeNormal(double x) {
        if (Math.abs(x) > 8) {
            return x < 0 ? 0 : 1;
        }
        double sum = x;
        double term = x;
        for (int i = 3; sum + term != sum; i += 2) {
            term = term * x * x / i;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-0.5 * x * x - 0.91893853320467274178);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 1_000_000_007})
    void isNormalAlongSteps(long seed) {
        Noise noise = Noise.of(seed, Noise.key("stream"), 3);
        assertStandardNormal(draw(step -> noise.normal(step, 0)));
        assertStandardNormal(draw(step -> noise.normal(1_000_000_000_000L + step, 5)));
    }

    @Test
    void isNormalAlongUnitsStreamsPathsAndSeeds() {
        assertStandardNormal(draw(unit -> Noise.of(1, 2, 3).normal(9, unit)));
        assertStandardNormal(
                draw(stream -> Noise.of(1, Noise.key("sensor-" + stream), 3).normal(9, 0)));
        assertStandardNormal(
                draw(path -> Noise.of(1, 2, Noise.key(path + "_LIF")).normal(9, 0)));
        assertStandardNormal(draw(seed -> Noise.of(seed, 2, 3).normal(9, 0)));
    }

    @Test
    void neighboursAreNotCorrelated() {
        Noise noise = Noise.of(1, 2, 3);
        double[] products = draw(i -> noise.normal(i, 0) * noise.normal(i + 1, 0));
        double[] across = draw(i -> noise.normal(i, 0) * noise.normal(i, 1));
        double[] streams = draw(i -> noise.normal(i, 0) * Noise.of(1, 4, 3).normal(i, 0));
        for (double[] correlated : new double[][] {products, across, streams}) {
            assertThat(Arrays.stream(correlated).average().orElseThrow()).isCloseTo(0, within(5 / Math.sqrt(COUNT)));
        }
    }

    /** The golden numbers were computed by another program, in another language. */
    @Test
    void isTheSameOnEveryMachine() {
        assertThat(Noise.key("host-1")).isEqualTo(GOLDEN_KEY);
        Noise noise = Noise.of(42, Noise.key("host-1"), Noise.key("1_LIF"));
        assertThat(new float[] {noise.normal(0, 0), noise.normal(0, 1), noise.normal(1_000_000_000_000L, 2)})
                .containsExactly(GOLDEN);
    }

    /** Noise of a membrane that forgets at once and never spikes: sigma sqrt(dt) in every step. */
    @Test
    void aMembraneHasTheDeviationThatWasAskedFor() {
        Module neuron = new LIF(Arguments.shape(1)
                .with("tau_mem", 0)
                .with("threshold", 1e9)
                .with("noise_std", 2)
                .with("dt", 0.01));
        float[] vmem = neuron.evolve(Tensor.zeros(Shape.of(COUNT, 1)), neuron.recorder(java.util.List.of("vmem")))
                .record()
                .tensor("vmem")
                .toArray();
        assertStandardNormal(draw(i -> vmem[i] / 0.2f));
    }

    @Test
    void theInputOfASynapseHasTheDeviationThatWasAskedFor() {
        Module synapse = new ExpSyn(
                Arguments.shape(1).with("tau", 1e9).with("noise_std", 2).with("dt", 0.01));
        float[] sums = synapse.evolve(Tensor.zeros(Shape.of(COUNT, 1))).output().toArray();
        assertStandardNormal(draw(i -> (sums[i] - (i == 0 ? 0 : sums[i - 1])) / 0.2f));
    }

    @Test
    void theInputOfARateNeuronHasTheDeviationThatWasAskedFor() {
        Module neuron = new Rate(Arguments.shape(1)
                .with("tau", 0.01)
                .with("threshold", -1000)
                .with("noise_std", 2)
                .with("dt", 0.01));
        float[] output =
                neuron.evolve(Tensor.zeros(Shape.of(COUNT, 1))).output().toArray();
        assertStandardNormal(draw(i -> (output[i] - 1000) / 0.2f));
    }

    @Test
    void everyElementOfABatchAndEveryModuleHasItsOwn() {
        Arguments noisy = Arguments.shape(2).with("noise_std", 1);
        Module network = new Sequential(new Sequential(new ExpSyn(noisy)), new Sequential(new ExpSyn(noisy)));
        Evolution result = network.evolve(Tensor.zeros(Shape.of(2, 1, 2)), Recorder.all());
        float[] first = result.record().tensor("0_Sequential_output").toArray();
        float[] both = result.output().toArray();
        assertThat(first).doesNotHaveDuplicates();
        for (int i = 0; i < first.length; i++) {
            assertThat(both[i] - first[i]).isNotCloseTo(first[i], within(1e-6f));
        }
    }

    @Test
    void withoutNoiseNothingDependsOnTheSeed() {
        Module synapse = new ExpSyn(1);
        Tensor input = Tensor.full(Shape.of(1, 9, 1), 1);
        Tensor one = synapse.advance(input, ModuleState.of(synapse, "", new float[1], 1, "a", 0), Recorder.NONE);
        Tensor two = synapse.advance(input, ModuleState.of(synapse, "", new float[1], 2, "b", 5), Recorder.NONE);
        assertThat(one).isEqualTo(two);
    }
}
