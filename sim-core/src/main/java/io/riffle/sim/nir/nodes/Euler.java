package io.riffle.sim.nir.nodes;

/** The discretisations that several neurons share. */
final class Euler {
    private Euler() {}

    /** {@code v + dt / tau (v_leak - v + r x)}; without r: as if it were 1. */
    static LinearStep membrane(double dt, float[] taus, float[] rs, float[] leaks) {
        return LinearStep.of(
                taus.length,
                n -> 1 - dt / taus[n],
                n -> dt / taus[n] * (rs == null ? 1 : rs[n]),
                n -> dt / taus[n] * leaks[n]);
    }

    /** {@code v exp(-1 / tau) + x}, tau in steps. */
    static LinearStep decayInSteps(float[] taus) {
        return LinearStep.of(taus.length, n -> StrictMath.exp(-1 / (double) taus[n]), n -> 1, n -> 0);
    }

    /** {@code (1 - dt / tau) v + x}. */
    static LinearStep leak(double dt, float[] taus) {
        return LinearStep.of(taus.length, n -> 1 - dt / taus[n], n -> 1, n -> 0);
    }

    /** {@code v + gain x}. */
    static LinearStep integrate(int neurons, LinearStep.Of gain) {
        return LinearStep.of(neurons, n -> 1, gain, n -> 0);
    }
}
