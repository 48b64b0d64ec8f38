package io.riffle.sim.nir.nodes;

/**
 * One step of a variable that leaks: {@code x = keep x + gain input + offset}, for each neuron. Every discretisation of
 * NIR's equations is of this form; its constants are computed in double precision and rounded once.
 */
record LinearStep(float[] keep, float[] gain, float[] offset) {
    /** Computes the constants of one neuron. */
    @FunctionalInterface
    interface Of {
        double neuron(int n);
    }

    static LinearStep of(int neurons, Of keep, Of gain, Of offset) {
        return new LinearStep(rounded(neurons, keep), rounded(neurons, gain), rounded(neurons, offset));
    }

    private static float[] rounded(int neurons, Of of) {
        float[] values = new float[neurons];
        for (int n = 0; n < neurons; n++) {
            values[n] = (float) of.neuron(n);
        }
        return values;
    }

    float next(int neuron, float now, float input) {
        return keep[neuron] * now + gain[neuron] * input + offset[neuron];
    }
}
