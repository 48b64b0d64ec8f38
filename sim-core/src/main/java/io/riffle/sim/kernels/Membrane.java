package io.riffle.sim.kernels;

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
 */
public final class Membrane {
    private final Integration integration;
    private final float[] factor;
    private final float[] bias;
    private final float[] threshold;
    private final float maxSpikes;
    private final float noiseDeviation;

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
        this.factor = factor;
        this.bias = bias;
        this.threshold = threshold;
        this.maxSpikes = maxSpikes;
        this.noiseDeviation = noiseDeviation;
    }

    int neurons() {
        return factor.length;
    }

    Integration integration() {
        return integration;
    }

    /**
     * One step of one stream.
     *
     * @param vmem (N) from {@code vmemAt}, changed in place
     * @param current (N) from {@code currentAt}
     * @param spikes (N) from {@code spikesAt}, written to
     */
    public void step(
            float[] vmem,
            int vmemAt,
            float[] current,
            int currentAt,
            float[] spikes,
            int spikesAt,
            Noise noise,
            long step) {
        integrate(vmem, vmemAt, current, currentAt);
        if (noiseDeviation != 0) {
            for (int n = 0; n < factor.length; n++) {
                vmem[vmemAt + n] += noiseDeviation * noise.normal(step, n);
            }
        }
        fire(vmem, vmemAt, spikes, spikesAt);
    }

    private void integrate(float[] vmem, int vmemAt, float[] current, int currentAt) {
        if (integration == Integration.EXPONENTIAL) {
            for (int n = 0; n < factor.length; n++) {
                vmem[vmemAt + n] = vmem[vmemAt + n] * factor[n] + current[currentAt + n] + bias[n];
            }
        } else {
            for (int n = 0; n < factor.length; n++) {
                float before = vmem[vmemAt + n];
                vmem[vmemAt + n] = before + (-before + current[currentAt + n] + bias[n]) * factor[n];
            }
        }
    }

    private void fire(float[] vmem, int vmemAt, float[] spikes, int spikesAt) {
        for (int n = 0; n < threshold.length; n++) {
            float potential = vmem[vmemAt + n];
            float count = 0;
            if (potential >= threshold[n]) {
                count = Math.min((float) Math.floor(potential / threshold[n]), maxSpikes);
                vmem[vmemAt + n] = potential - count * threshold[n];
            }
            spikes[spikesAt + n] = count;
        }
    }
}
