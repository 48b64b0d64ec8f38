package io.riffle.sim.kernels;

import java.util.Arrays;

/**
 * The step of N leaky integrate-and-fire neurons with K exponential synapses each. For every step, in this order:
 *
 * <pre>
 * irec  = z W_rec                           z: the spikes of the step before
 * isyn  = ((isyn + x) + irec) f             exponential: so an input is decayed once in the step it arrives
 * isyn  = isyn + ((-isyn + x) + irec) f     explicit Euler
 * iahp  = (iahp + z w_ahp) g                only with adaptation; g = exp(-dt / tau_ahp)
 * c     = sum_k isyn + iahp
 * </pre>
 *
 * and then the membranes take c and give the new z: see {@link Membrane}, whose integration is that of the synapses too.
 */
public final class LeakyIntegrateAndFire {
    private final int neurons;
    private final int synapses;
    private final float[] factor;
    private final float[] recurrent;
    private final Adaptation adaptation;
    private final Membrane membrane;

    /**
     * @param factor f of each synapse, (N, K): exp(-dt / tau), or dt / tau for explicit Euler
     * @param recurrent W_rec (N, N K), or null without recurrence
     */
    public LeakyIntegrateAndFire(float[] factor, float[] recurrent, Adaptation adaptation, Membrane membrane) {
        this.neurons = membrane.neurons();
        this.synapses = factor.length / neurons;
        this.factor = factor;
        this.recurrent = recurrent;
        this.adaptation = adaptation;
        this.membrane = membrane;
    }

    /**
     * A current that each spike of a neuron adds to its own membrane.
     *
     * @param weights w_ahp, (N)
     * @param decay g, (N)
     */
    public record Adaptation(float[] weights, float[] decay) {
        public static final Adaptation NONE = new Adaptation(new float[0], new float[0]);
    }

    /**
     * Where the states of one stream start in the array that holds them.
     *
     * @param vmem (N)
     * @param isyn (N, K)
     * @param spikes (N), of the step before
     * @param iahp (N), of no meaning without adaptation
     */
    public record Places(int vmem, int isyn, int spikes, int iahp) {}

    /** Where the traces of one stream go, a row for each step; an array that is null is not wanted. */
    public record Traces(float[] vmem, float[] isyn, float[] irec, float[] iahp) {
        public static final Traces NONE = new Traces(null, null, null, null);
    }

    /**
     * Evolves one stream.
     *
     * @param input (T, N K) from {@code inputAt}
     * @param spikes (T, N) from {@code outputAt}, written to
     * @param tracesAt the step of the traces at which this stream starts
     */
    public void evolve(
            float[] input,
            int inputAt,
            int steps,
            float[] state,
            Places at,
            float[] spikes,
            int outputAt,
            Traces traces,
            int tracesAt,
            Noise noise,
            long firstStep) {
        boolean adapts = adaptation.weights.length > 0;
        float[] irec = recurrent == null ? null : new float[neurons * synapses];
        float[] sum = synapses == 1 && !adapts ? null : new float[neurons];
        for (int t = 0; t < steps; t++) {
            if (irec != null) {
                Arrays.fill(irec, 0);
                Dense.addRows(state, at.spikes, neurons, recurrent, irec.length, irec, 0);
            }
            charge(input, inputAt + t * neurons * synapses, state, at.isyn, irec);
            if (adapts) {
                adapt(state, at);
            }
            if (sum == null) {
                membrane.step(state, at.vmem, state, at.isyn, state, at.spikes, noise, firstStep + t);
            } else {
                add(state, at, adapts, sum);
                membrane.step(state, at.vmem, sum, 0, state, at.spikes, noise, firstStep + t);
            }
            System.arraycopy(state, at.spikes, spikes, outputAt + t * neurons, neurons);
            trace(traces, tracesAt + t, state, at, irec);
        }
    }

    private void charge(float[] input, int x, float[] state, int isynAt, float[] irec) {
        int inputs = factor.length;
        if (membrane.integration() == Integration.EXPONENTIAL && irec == null) {
            for (int i = 0; i < inputs; i++) {
                state[isynAt + i] = (state[isynAt + i] + input[x + i]) * factor[i];
            }
        } else if (membrane.integration() == Integration.EXPONENTIAL) {
            for (int i = 0; i < inputs; i++) {
                state[isynAt + i] = (state[isynAt + i] + input[x + i] + irec[i]) * factor[i];
            }
        } else {
            for (int i = 0; i < inputs; i++) {
                float before = state[isynAt + i];
                float rec = irec == null ? 0 : irec[i];
                state[isynAt + i] = before + (-before + input[x + i] + rec) * factor[i];
            }
        }
    }

    private void adapt(float[] state, Places at) {
        for (int n = 0; n < neurons; n++) {
            float before = state[at.iahp + n];
            state[at.iahp + n] = (before + state[at.spikes + n] * adaptation.weights[n]) * adaptation.decay[n];
        }
    }

    private void add(float[] state, Places at, boolean adapts, float[] sum) {
        for (int n = 0; n < neurons; n++) {
            float current = state[at.isyn + n * synapses];
            for (int k = 1; k < synapses; k++) {
                current += state[at.isyn + n * synapses + k];
            }
            sum[n] = adapts ? current + state[at.iahp + n] : current;
        }
    }

    private void trace(Traces traces, int row, float[] state, Places at, float[] irec) {
        int inputs = factor.length;
        if (traces.vmem != null) {
            System.arraycopy(state, at.vmem, traces.vmem, row * neurons, neurons);
        }
        if (traces.isyn != null) {
            System.arraycopy(state, at.isyn, traces.isyn, row * inputs, inputs);
        }
        if (traces.irec != null && irec != null) {
            System.arraycopy(irec, 0, traces.irec, row * inputs, inputs);
        }
        if (traces.iahp != null) {
            System.arraycopy(state, at.iahp, traces.iahp, row * neurons, neurons);
        }
    }
}
