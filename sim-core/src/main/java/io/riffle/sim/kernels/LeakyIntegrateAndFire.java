package io.riffle.sim.kernels;

import java.util.Arrays;

/**
 * The step of N leaky integrate-and-fire neurons with K exponential synapses each. For every step, in this order:
 *
 * <pre>
 * irec  = z W_rec                           z: the spikes of the step before
 * isyn  = ((isyn + x) + irec) beta          so an input is decayed once in the step it arrives
 * vmem  = (vmem alpha + sum_k isyn) + bias + noise
 * z     = min(floor(vmem / threshold), max) where vmem &gt;= threshold, else 0
 * vmem  = vmem - z threshold
 * </pre>
 */
public final class LeakyIntegrateAndFire {
    private final int neurons;
    private final int synapses;
    private final float[] alpha;
    private final float[] beta;
    private final float[] bias;
    private final float[] threshold;
    private final float[] recurrent;
    private final float maxSpikes;
    private final float noiseDeviation;

    /**
     * @param alpha decay of the membrane, (N)
     * @param beta decay of the synapses, (N, K)
     * @param bias added in every step, (N)
     * @param threshold above zero, (N)
     * @param recurrent W_rec (N, N K), or null without recurrence
     * @param maxSpikes the most spikes of one neuron in one step
     * @param noiseDeviation standard deviation of the membrane noise of one step
     */
    public LeakyIntegrateAndFire(
            float[] alpha,
            float[] beta,
            float[] bias,
            float[] threshold,
            float[] recurrent,
            float maxSpikes,
            float noiseDeviation) {
        this.neurons = alpha.length;
        this.synapses = beta.length / alpha.length;
        this.alpha = alpha;
        this.beta = beta;
        this.bias = bias;
        this.threshold = threshold;
        this.recurrent = recurrent;
        this.maxSpikes = maxSpikes;
        this.noiseDeviation = noiseDeviation;
    }

    /** Where the traces of one stream go, a row for each step; an array that is null is not wanted. */
    public record Traces(float[] vmem, float[] isyn, float[] irec) {
        public static final Traces NONE = new Traces(null, null, null);
    }

    /**
     * Evolves one stream.
     *
     * @param input (T, N K) from {@code inputAt}
     * @param spikes (T, N) from {@code outputAt}, written to
     * @param state holds vmem (N), isyn (N, K) and the last spikes (N), from these places on
     * @param tracesAt the step of the traces at which this stream starts
     */
    public void evolve(
            float[] input,
            int inputAt,
            int steps,
            float[] state,
            int vmemAt,
            int isynAt,
            int spikesAt,
            float[] spikes,
            int outputAt,
            Traces traces,
            int tracesAt,
            Noise noise,
            long firstStep) {
        int inputs = neurons * synapses;
        float[] irec = recurrent == null ? null : new float[inputs];
        for (int t = 0; t < steps; t++) {
            int x = inputAt + t * inputs;
            int z = outputAt + t * neurons;
            if (irec == null) {
                for (int i = 0; i < inputs; i++) {
                    state[isynAt + i] = (state[isynAt + i] + input[x + i]) * beta[i];
                }
            } else {
                Arrays.fill(irec, 0);
                Dense.addRows(state, spikesAt, neurons, recurrent, inputs, irec, 0);
                for (int i = 0; i < inputs; i++) {
                    state[isynAt + i] = (state[isynAt + i] + input[x + i] + irec[i]) * beta[i];
                }
            }
            integrate(state, vmemAt, isynAt);
            if (noiseDeviation != 0) {
                for (int n = 0; n < neurons; n++) {
                    state[vmemAt + n] += noiseDeviation * noise.normal(firstStep + t, n);
                }
            }
            fire(state, vmemAt, spikesAt);
            System.arraycopy(state, spikesAt, spikes, z, neurons);
            trace(traces, tracesAt + t, state, vmemAt, isynAt, irec);
        }
    }

    private void integrate(float[] state, int vmemAt, int isynAt) {
        for (int n = 0; n < neurons; n++) {
            float current = state[isynAt + n * synapses];
            for (int k = 1; k < synapses; k++) {
                current += state[isynAt + n * synapses + k];
            }
            state[vmemAt + n] = state[vmemAt + n] * alpha[n] + current + bias[n];
        }
    }

    private void fire(float[] state, int vmemAt, int spikesAt) {
        for (int n = 0; n < neurons; n++) {
            float vmem = state[vmemAt + n];
            float count = 0;
            if (vmem >= threshold[n]) {
                count = Math.min((float) Math.floor(vmem / threshold[n]), maxSpikes);
                state[vmemAt + n] = vmem - count * threshold[n];
            }
            state[spikesAt + n] = count;
        }
    }

    private void trace(Traces traces, int row, float[] state, int vmemAt, int isynAt, float[] irec) {
        int inputs = neurons * synapses;
        if (traces.vmem != null) {
            System.arraycopy(state, vmemAt, traces.vmem, row * neurons, neurons);
        }
        if (traces.isyn != null) {
            System.arraycopy(state, isynAt, traces.isyn, row * inputs, inputs);
        }
        if (traces.irec != null && irec != null) {
            System.arraycopy(irec, 0, traces.irec, row * inputs, inputs);
        }
    }
}
