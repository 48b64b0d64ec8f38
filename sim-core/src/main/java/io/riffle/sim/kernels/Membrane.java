package io.riffle.sim.kernels;

import java.util.Arrays;

/**
 * The membranes of N spiking neurons that are reset by subtraction. For every step, in this order, c being the current:
 *
 * <pre>
 * vmem = (vmem f + c) + bias                    exponential, f = exp(-dt / tau)
 * vmem = vmem + ((-vmem + c) + bias) f          explicit Euler, f = dt / tau
 * vmem = vmem + noise
 * z    = min(floor(vmem / threshold), max) where vmem &gt;= threshold, else 0
 * vmem = vmem - z threshold                     so what the maximum cuts off stays on the membrane
 * </pre>
 *
 * <p>It works on one stream at a time: {@link #load}, {@link #step} for each step, {@link #store}. What it keeps between
 * these is room, so it is for one thread at a time.
 */
public final class Membrane {
    private Kernel kernel = Kernels.now();
    private final Integration integration;
    private final int neurons;
    private final int width;
    private final float[] factor;
    private final float[] bias;
    private final float[] threshold;
    private final float maxSpikes;
    private final float once;
    private final float noiseDeviation;
    private final float[] vmem;
    private final float[] row;
    private final Active fired;

    /**
     * @param factor f of each membrane, (N)
     * @param bias added in every step, (N)
     * @param threshold above zero, (N)
     * @param maxSpikes the most spikes of one neuron in one step
     * @param noiseDeviation standard deviation of the noise of one step
     */
    public Membrane(
            Integration integration,
            float[] factor,
            float[] bias,
            float[] threshold,
            float maxSpikes,
            float noiseDeviation) {
        this.integration = integration;
        this.neurons = factor.length;
        this.width = Padding.multiple(neurons, Kernels.LANES);
        this.factor = Padding.copy(factor, 0);
        this.bias = Padding.copy(bias, 0);
        this.threshold = Padding.copy(threshold, Float.MAX_VALUE);
        this.maxSpikes = maxSpikes;
        once = spikes(1);
        this.noiseDeviation = noiseDeviation;
        vmem = new float[Padding.block(neurons)];
        row = width == neurons ? null : new float[Padding.block(neurons)];
        fired = new Active(vmem.length);
    }

    /** Whether the noise is asked for at all. */
    public boolean isNoisy() {
        return noiseDeviation != 0;
    }

    int neurons() {
        return neurons;
    }

    /** The neurons, padded to whole vectors. */
    int width() {
        return width;
    }

    Integration integration() {
        return integration;
    }

    /** Takes the potentials of a stream: (N) from {@code at}. */
    public void load(float[] state, int at) {
        kernel = Kernels.now();
        System.arraycopy(state, at, vmem, 0, neurons);
        Arrays.fill(vmem, neurons, vmem.length, 0);
    }

    /** Gives the potentials back. */
    public void store(float[] state, int at) {
        System.arraycopy(vmem, 0, state, at, neurons);
    }

    /**
     * One step.
     *
     * @param current (N) from {@code currentAt}
     * @param spikes (N) from {@code spikesAt}, zeros at the start; written to where a neuron fires
     */
    public void step(float[] current, int currentAt, float[] spikes, int spikesAt, Noise noise, long step) {
        if (row == null) {
            fire(current, currentAt, spikes, spikesAt, noise, step);
        } else {
            System.arraycopy(current, currentAt, row, 0, neurons);
            fire(row, 0, spikes, spikesAt, noise, step);
        }
    }

    /**
     * One step; who fires, and how often, stays to be read until the next one.
     *
     * @param current (N) from {@code currentAt}, padded to whole vectors
     * @param spikes (N) from {@code spikesAt}, zeros at the start; written to where a neuron fires
     */
    Active fire(float[] current, int currentAt, float[] spikes, int spikesAt, Noise noise, long step) {
        if (integration == Integration.EXPONENTIAL) {
            kernel.integrate(vmem, current, currentAt, factor, bias, width);
        } else {
            for (int n = 0; n < neurons; n++) {
                float before = vmem[n];
                vmem[n] = before + (-before + current[currentAt + n] + bias[n]) * factor[n];
            }
        }
        if (isNoisy()) {
            for (int n = 0; n < neurons; n++) {
                vmem[n] += noiseDeviation * noise.normal(step, n);
            }
        }
        kernel.findReached(vmem, threshold, vmem.length, fired.of(spikes, spikesAt));
        reset(spikes, spikesAt);
        return fired;
    }

    private void reset(float[] spikes, int at) {
        int count = 0;
        for (int i = 0; i < fired.count; i++) {
            int n = fired.index[i];
            float potential = vmem[n];
            float limit = threshold[n];
            if (potential >= limit) { // what the kernel names may be no number
                // Below twice the threshold the quotient is rounded to less than 2: no need to divide.
                float times = potential < limit + limit ? once : spikes(potential / limit);
                vmem[n] = potential - times * limit;
                spikes[at + n] = times;
                fired.index[count] = n;
                count++;
            }
        }
        fired.count = count;
    }

    private float spikes(float thresholds) {
        return Math.min((float) Math.floor(thresholds), maxSpikes);
    }
}
