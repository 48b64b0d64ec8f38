package io.riffle.sim.nir.nodes;

/**
 * When neurons fire and what is left behind it.
 *
 * @param rule when, and how often
 * @param thresholds of each neuron
 * @param resets where a membrane goes that fired; null: it loses the threshold for each spike
 * @param floors below which no membrane falls; null: none
 */
record Spiking(Rule rule, float[] thresholds, float[] resets, float[] floors) {
    enum Rule {
        /** Once, above the threshold; not at it. */
        ABOVE,
        /** As often as the threshold goes into a membrane above zero. */
        EACH,
        /** Once, above the threshold; above twice the threshold where the membrane had stayed above it after the last step. */
        ABOVE_THE_REST
    }

    /** @param before the membrane at the end of the last step */
    float spikes(int neuron, float v, float before) {
        float threshold = thresholds[neuron];
        return switch (rule) {
            case ABOVE -> v > threshold ? 1 : 0;
            case EACH -> v > 0 ? (float) (long) (v / threshold) : 0;
            case ABOVE_THE_REST -> (before > threshold ? v - threshold : v) > threshold ? 1 : 0;
        };
    }

    float after(int neuron, float v, float spikes) {
        float rest = v;
        if (spikes != 0) {
            rest = resets == null ? v - spikes * thresholds[neuron] : resets[neuron];
        }
        return floors == null ? rest : Math.max(rest, floors[neuron]);
    }
}
