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
 * that let 10 to 13 % of the hidden neurons fire in a step when 10 % of the inputs are ones. It can be had with N hidden
 * neurons as well.
 *
 * @param inputWeights (16, N)
 * @param recurrentWeights (N, N)
 * @param outputWeights (N, 8)
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
        return create(HIDDEN);
    }

    /** One with more or fewer hidden neurons, of which about the same share fires. */
    static BenchNetwork create(int hidden) {
        Random random = new Random(SEED);
        return new BenchNetwork(
                normal(random, INPUTS * hidden, 0.03),
                normal(random, hidden * hidden, 0.004 * Math.sqrt((double) HIDDEN / hidden)),
                normal(random, hidden * OUTPUTS, 0.02));
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
        int hidden = inputWeights.length / INPUTS;
        return new Sequential(
                new Linear(Arguments.shape(INPUTS, hidden).with("weight", Tensor.wrap(inputWeights, INPUTS, hidden))),
                new LIF(neurons(hidden)
                        .with("has_rec", true)
                        .with("w_rec", Tensor.wrap(recurrentWeights, hidden, hidden))),
                new Linear(
                        Arguments.shape(hidden, OUTPUTS).with("weight", Tensor.wrap(outputWeights, hidden, OUTPUTS))),
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
