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
 *
 * <p>While a chunk is evolved, its currents lie synapse by synapse, each padded to whole vectors, whatever their order in
 * the state: {@code isyn[k][n]}. What it keeps between calls is room, so it is for one thread at a time.
 */
public final class LeakyIntegrateAndFire {
    private Kernel kernel = Kernels.now();
    private final Membrane membrane;
    private final int neurons;
    private final int synapses;
    private final Adaptation adaptation;
    /** Values from one synapse's currents to the next one's. */
    private final int size;
    /** Values of all synapses' currents, up to the last whole vector. */
    private final int width;

    private final float[] factor;
    private final float[] recurrent;
    private final float[] isyn;
    private final float[] irec;
    private final float[] row;
    private final float[] iahp;
    private final float[] current;
    private final Active before;

    /**
     * @param factor f of each synapse, (N, K): exp(-dt / tau), or dt / tau for explicit Euler
     * @param recurrent W_rec (N, N K), or null without recurrence
     */
    public LeakyIntegrateAndFire(float[] factor, float[] recurrent, Adaptation adaptation, Membrane membrane) {
        this.membrane = membrane;
        this.neurons = membrane.neurons();
        this.synapses = factor.length / neurons;
        this.adaptation = adaptation;
        size = synapses == 1 ? membrane.width() : Padding.block(neurons);
        width = synapses * size;
        this.factor = new float[width];
        bySynapse(factor, 0, this.factor, 0);
        this.recurrent = recurrent == null ? null : new float[neurons * width];
        for (int n = 0; recurrent != null && n < neurons; n++) {
            bySynapse(recurrent, n * neurons * synapses, this.recurrent, n * width);
        }
        isyn = new float[width];
        irec = recurrent == null ? null : new float[width];
        row = synapses == 1 && size == neurons ? null : new float[width];
        iahp = new float[adapts() ? neurons : 0];
        current = synapses == 1 && !adapts() ? isyn : new float[size];
        before = new Active(neurons);
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
    public record Traces(float[] vmem, float[] isyn, float[] irec, float[] iahp) {}

    /** Whether the noise is asked for at all. */
    public boolean isNoisy() {
        return membrane.isNoisy();
    }

    private boolean adapts() {
        return adaptation.weights.length > 0;
    }

    /** From (N, K) to (K, N), padded. */
    private void bySynapse(float[] from, int at, float[] to, int toAt) {
        if (synapses == 1) {
            System.arraycopy(from, at, to, toAt, neurons);
            return;
        }
        for (int k = 0; k < synapses; k++) {
            for (int n = 0; n < neurons; n++) {
                to[toAt + k * size + n] = from[at + n * synapses + k];
            }
        }
    }

    /** From (K, N), padded, to (N, K). */
    private void byNeuron(float[] from, float[] to, int at) {
        if (synapses == 1) {
            System.arraycopy(from, 0, to, at, neurons);
            return;
        }
        for (int k = 0; k < synapses; k++) {
            for (int n = 0; n < neurons; n++) {
                to[at + n * synapses + k] = from[k * size + n];
            }
        }
    }

    /**
     * Evolves one stream.
     *
     * @param input (T, N K) from {@code inputAt}
     * @param spikes (T, N) from {@code outputAt}, zeros at the start; written to
     * @param tracesAt the step of the traces at which this stream starts
     * @param noise null if it is not {@link #isNoisy}
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
        if (steps == 0) {
            return;
        }
        load(state, at);
        Active fired = before;
        for (int t = 0; t < steps; t++) {
            if (irec != null) {
                kernel.sumRows(fired, recurrent, width, width, irec, 0);
            }
            charge(input, inputAt + t * neurons * synapses);
            if (adapts()) {
                adapt(fired);
            }
            if (current != isyn) {
                sumCurrents();
            }
            fired = membrane.fire(current, 0, spikes, outputAt + t * neurons, noise, firstStep + t);
            trace(traces, tracesAt + t);
        }
        store(fired, state, at);
    }

    private void load(float[] state, Places at) {
        kernel = Kernels.now();
        membrane.load(state, at.vmem);
        Arrays.fill(isyn, 0); // the padding may hold what is left of another stream's
        bySynapse(state, at.isyn, isyn, 0);
        if (irec != null || adapts()) {
            kernel.findActive(neurons, before.of(state, at.spikes));
        }
        if (adapts()) {
            System.arraycopy(state, at.iahp, iahp, 0, neurons);
        }
    }

    private void store(Active fired, float[] state, Places at) {
        membrane.store(state, at.vmem);
        byNeuron(isyn, state, at.isyn);
        System.arraycopy(fired.row, fired.at, state, at.spikes, neurons);
        if (adapts()) {
            System.arraycopy(iahp, 0, state, at.iahp, neurons);
        }
    }

    private void charge(float[] input, int at) {
        float[] x = input;
        int from = at;
        if (row != null) {
            bySynapse(input, at, row, 0);
            x = row;
            from = 0;
        }
        if (membrane.integration() == Integration.EULER) {
            chargeByEuler(x, from);
        } else if (irec == null) {
            kernel.charge(isyn, x, from, factor, width);
        } else {
            kernel.charge(isyn, x, from, irec, factor, width);
        }
    }

    private void chargeByEuler(float[] x, int from) {
        for (int i = 0; i < width; i++) {
            float level = isyn[i];
            float rec = irec == null ? 0 : irec[i];
            isyn[i] = level + (-level + x[from + i] + rec) * factor[i];
        }
    }

    private void adapt(Active fired) {
        for (int n = 0; n < neurons; n++) {
            iahp[n] = (iahp[n] + fired.row[fired.at + n] * adaptation.weights[n]) * adaptation.decay[n];
        }
    }

    private void sumCurrents() {
        System.arraycopy(isyn, 0, current, 0, size);
        for (int k = 1; k < synapses; k++) {
            for (int n = 0; n < size; n++) {
                current[n] += isyn[k * size + n];
            }
        }
        for (int n = 0; n < iahp.length; n++) {
            current[n] += iahp[n];
        }
    }

    private void trace(Traces traces, int step) {
        if (traces.vmem != null) {
            membrane.store(traces.vmem, step * neurons);
        }
        if (traces.isyn != null) {
            byNeuron(isyn, traces.isyn, step * neurons * synapses);
        }
        if (traces.irec != null && irec != null) {
            byNeuron(irec, traces.irec, step * neurons * synapses);
        }
        if (traces.iahp != null) {
            System.arraycopy(iahp, 0, traces.iahp, step * neurons, neurons);
        }
    }
}
