package io.riffle.sim.kernels;

/** How a leaky variable is taken from one step to the next. */
public enum Integration {
    /** It decays by exp(-dt / tau), to which its input is added as it is. */
    EXPONENTIAL,
    /** It moves by dt / tau of the way towards its input: forward Euler. */
    EULER
}
