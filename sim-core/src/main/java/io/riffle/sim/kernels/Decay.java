package io.riffle.sim.kernels;

/** Decay factors of exponential dynamics. */
public final class Decay {
    private Decay() {}

    /**
     * exp(-dt / tau), dt and tau in seconds: computed in double by StrictMath, rounded once. Both are float32, like all
     * values of a network: so 0.001 / 0.002 is one half, which a dt in double would miss.
     */
    public static float exponential(float dt, float tau) {
        return (float) StrictMath.exp(-(double) dt / tau);
    }

    /** 1 - 2^-shift: what a decay by shifting {@code shift} bits leaves. */
    public static float bitshift(double shift) {
        return (float) (1 - StrictMath.pow(2, -shift));
    }

    /** The time constant, in seconds, whose exponential decay is 1 - 2^-shift; 0 for a shift of 0, which forgets all. */
    public static float tauOfBitshift(float dt, double shift) {
        return (float) (-(double) dt / StrictMath.log(1 - StrictMath.pow(2, -shift)));
    }

    /**
     * {@code level = level decay + x} for each step and channel.
     *
     * @param level (N), changed in place
     * @param decay (N)
     * @param signal (T, N) from {@code at}: x, which the levels replace
     */
    public static void smooth(float[] level, float[] decay, float[] signal, int at, int steps) {
        for (int t = 0; t < steps; t++) {
            int row = at + t * level.length;
            for (int n = 0; n < level.length; n++) {
                level[n] = level[n] * decay[n] + signal[row + n];
                signal[row + n] = level[n];
            }
        }
    }
}
