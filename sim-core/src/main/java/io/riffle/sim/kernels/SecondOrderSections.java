package io.riffle.sim.kernels;

import java.util.List;

/**
 * A filter of second-order sections one after the other, in double precision. For each value x, in each section
 * (transposed direct form II):
 *
 * <pre>
 * y  = b0 x + s1
 * s1 = round(b1 x - a1 y + s2)
 * s2 = round(b2 x - a2 y)
 * </pre>
 *
 * <p>The values of a state are float32, with which the poles of a narrow band would drift. So each of s1, s2 is kept as two
 * float32, whose sum it is: 48 bits. It is rounded to such a sum in every step, not only where a chunk ends; so what is
 * stored is always what is computed with, and a cut changes no bit.
 */
public final class SecondOrderSections {
    private final double[][] sections;

    /** @param sections each {b0, b1, b2, a1, a2} */
    SecondOrderSections(List<double[]> sections) {
        this.sections = sections.toArray(double[][]::new);
    }

    public int count() {
        return sections.length;
    }

    /** The coefficients of one section: {b0, b1, b2, a1, a2}, a0 being 1. */
    public double[] coefficients(int section) {
        return sections[section].clone();
    }

    /**
     * Filters one signal in place.
     *
     * @param state (sections, 2, 2) from {@code at}: s1 and s2 of each section, the larger float32 and the rest
     */
    public void filter(double[] signal, float[] state, int at) {
        for (int section = 0; section < sections.length; section++) {
            filter(sections[section], signal, state, at + 4 * section);
        }
    }

    private static void filter(double[] section, double[] signal, float[] state, int at) {
        double s1 = (double) state[at] + state[at + 1];
        double s2 = (double) state[at + 2] + state[at + 3];
        for (int t = 0; t < signal.length; t++) {
            double x = signal[t];
            double y = section[0] * x + s1;
            s1 = rounded(section[1] * x - section[3] * y + s2);
            s2 = rounded(section[2] * x - section[4] * y);
            signal[t] = y;
        }
        store(s1, state, at);
        store(s2, state, at + 2);
    }

    /** To the sum of two float32; exact from then on, however often it is taken apart and put together. */
    private static double rounded(double value) {
        float large = (float) value;
        return (double) large + (float) (value - large);
    }

    private static void store(double value, float[] state, int at) {
        state[at] = (float) value;
        state[at + 1] = (float) (value - state[at]);
    }
}
