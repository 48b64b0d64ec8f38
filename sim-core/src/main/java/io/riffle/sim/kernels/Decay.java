package io.riffle.sim.kernels;

/** Decay factors of exponential dynamics. */
public final class Decay {
    private Decay() {}

    /** exp(-dt / tau), dt and tau in seconds: computed in double by StrictMath, rounded once. */
    public static float exponential(double dt, double tau) {
        return (float) StrictMath.exp(-dt / tau);
    }

    /** 1 - 2^-shift: what a decay by shifting {@code shift} bits leaves. */
    public static float bitshift(double shift) {
        return (float) (1 - StrictMath.pow(2, -shift));
    }
}
