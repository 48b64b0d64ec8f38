package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.Constant;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.kernels.Decay;
import io.riffle.sim.kernels.Integration;
import io.riffle.sim.kernels.LeakyIntegrateAndFire;

/**
 * {@link LIF} as shift-and-subtract hardware computes it: a decay is 1 - 2^-k, with k = log2(tau / dt) rounded to the
 * nearest whole number (half to even), at least 0. The time constants that are given become those which the decays stand
 * for, -dt / ln(1 - 2^-k); k = 0 forgets at once, which is a time constant of 0.
 *
 * <p>Input (B, T, Nin), Nin = N K, output (B, T, N), counts of spikes. Arguments, with their defaults: {@code shape}: N,
 * or (Nin, N); {@code tau_mem} (N,) or (), {@code tau_syn} (N, K), (1, K) or (): 0.02 s; {@code bias} (N,) or (): 0;
 * {@code threshold} (N,) or (): 1; {@code has_rec}: false; {@code w_rec} (N, Nin): kaiming, from {@code seed}; {@code max_spikes_per_dt}: 31;
 * {@code noise_std}: 0, of the membrane, per root second; {@code dt}: 0.001 s. Records {@code vmem} (after the reset),
 * {@code isyn}, {@code irec} and {@code spikes}. The equations stand at {@link LeakyIntegrateAndFire}.
 */
public final class LIFBitshift extends SpikingNeurons {
    public LIFBitshift(int neurons) {
        this(Arguments.shape(neurons));
    }

    public LIFBitshift(Arguments given) {
        super(
                "LIFBitshift",
                rewritten(given.expect(
                        "LIFBitshift",
                        "tau_mem",
                        "tau_syn",
                        "bias",
                        "threshold",
                        "has_rec",
                        "w_rec",
                        "max_spikes_per_dt",
                        "noise_std",
                        "seed",
                        "dt")),
                Integration.EXPONENTIAL,
                true,
                31);
        checkValues();
    }

    /** The arguments with the time constants for which the decays stand. */
    private static Arguments rewritten(Arguments arguments) {
        Shape shape = shapeOf("LIFBitshift", arguments);
        int neurons = shape.sizeOut();
        float dt = (float) arguments.number("dt", 1e-3);
        Arguments membranes = rewritten(arguments, "tau_mem", Shape.of(neurons), dt);
        return rewritten(membranes, "tau_syn", Shape.of(neurons, shape.sizeIn() / neurons), dt);
    }

    private static Arguments rewritten(Arguments arguments, String name, Shape usual, float dt) {
        Tensor given = arguments.has(name) ? arguments.tensor(name) : Tensor.full(usual, 0.02);
        float[] taus = given.toArray();
        for (int i = 0; i < taus.length; i++) {
            // What is no time constant stays, for the check of all values to name it.
            taus[i] = taus[i] >= 0 ? Decay.tauOfBitshift(dt, shift(dt, taus[i])) : taus[i];
        }
        Tensor next = Tensor.wrap(taus, given.shape());
        boolean constant = arguments.has(name) && arguments.get(name) instanceof Constant;
        return arguments.with(name, constant ? Constant.of(next) : next);
    }

    private static double shift(float dt, float tau) {
        return Math.max(0, StrictMath.rint(StrictMath.log((double) tau / dt) / StrictMath.log(2)));
    }

    @Override
    float factor(String name, float tau) {
        return Decay.bitshift(shift(dt(), (float) Attributes.notNegative(this, name, tau)));
    }
}
