package io.riffle.sim;

import java.util.Arrays;

/**
 * Two arrays that the modules of a chain write their outputs to in turn, where nobody keeps what is between them. For one
 * chain and one thread.
 */
public final class OutputRoom {
    private float[] first = new float[0];
    private float[] second = new float[0];
    private float[] input;
    private boolean taken;

    /** Before a module of the chain: what it reads, and so may not write to. */
    public OutputRoom before(Tensor signal) {
        input = signal.arrayWithoutCopy();
        taken = false;
        return this;
    }

    /** What the chain gives to others, who may keep it: a copy, if it lies here. */
    public Tensor leaving(Tensor signal) {
        float[] values = signal.arrayWithoutCopy();
        boolean lent = values == first || values == second;
        return lent ? Tensor.wrap(values.clone(), signal.shape()) : signal;
    }

    /** The array that is free, with zeros; a module that asks again gets one of its own. */
    float[] take(int count) {
        if (taken) {
            return new float[count];
        }
        taken = true;
        if (input != first) {
            first = zeros(first, count);
            return first;
        }
        second = zeros(second, count);
        return second;
    }

    private static float[] zeros(float[] known, int count) {
        if (known.length != count) {
            return new float[count];
        }
        Arrays.fill(known, 0);
        return known;
    }
}
