package io.riffle.jobs.bench;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.Tensor;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import java.util.Random;

/**
 * The network that is measured: {@code Linear(16 -> 128), recurrent LIF(128), Linear(128 -> 8), LIF(8)}, with weights
 * that let 10 to 13 % of the hidden neurons fire in a step when 10 % of the inputs are ones.
 *
 * @param inputWeights (16, 128)
 * @param recurrentWeights (128, 128)
 * @param outputWeights (128, 8)
 */
record BenchNetwork(float[] inputWeights, float[] recurrentWeights, float[] outputWeights) {
    static final int INPUTS = 16;
    static final int HIDDEN = 128;
    static final int OUTPUTS = 8;
    /** Of membranes and synapses, in steps of dt. */
    private static final double TAU_STEPS = 20;

    static final double DT_SECONDS = 0.001;

    private static final double INPUT_SHARE = 0.1;
    private static final long SEED = 1;

    /** The same at every call. */
    static BenchNetwork create() {
        Random random = new Random(SEED);
        return new BenchNetwork(
                normal(random, INPUTS * HIDDEN, 0.03),
                normal(random, HIDDEN * HIDDEN, 0.004),
                normal(random, HIDDEN * OUTPUTS, 0.02));
    }

    private static float[] normal(Random random, int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    /** How much of isyn and vmem is left after a step. */
    static float decay() {
        return (float) StrictMath.exp(-1 / TAU_STEPS);
    }

    Module module() {
        return new Sequential(
                new Linear(Arguments.shape(INPUTS, HIDDEN).with("weight", Tensor.wrap(inputWeights, INPUTS, HIDDEN))),
                new LIF(neurons(HIDDEN)
                        .with("has_rec", true)
                        .with("w_rec", Tensor.wrap(recurrentWeights, HIDDEN, HIDDEN))),
                new Linear(
                        Arguments.shape(HIDDEN, OUTPUTS).with("weight", Tensor.wrap(outputWeights, HIDDEN, OUTPUTS))),
                new LIF(neurons(OUTPUTS)));
    }

    private static Arguments neurons(int count) {
        return Arguments.shape(count)
                .with("tau_mem", TAU_STEPS * DT_SECONDS)
                .with("tau_syn", TAU_STEPS * DT_SECONDS)
                .with("dt", DT_SECONDS);
    }

    /** Ones among zeros, (steps, 16); each stream has its own. */
    static float[] input(int steps, long stream) {
        Random random = new Random(SEED + 1 + stream);
        float[] values = new float[steps * INPUTS];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble() < INPUT_SHARE ? 1 : 0;
        }
        return values;
    }
}
