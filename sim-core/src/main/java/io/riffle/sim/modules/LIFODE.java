package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.kernels.Integration;
import io.riffle.sim.kernels.LeakyIntegrateAndFire;

/**
 * Leaky integrate-and-fire neurons whose differential equations are integrated by explicit Euler steps. Not equivalent to
 * {@link LIF}: a step moves currents and membranes by dt / tau of the way towards their input, and an input of 1 raises
 * an idle current by dt / tau. The equations stand at {@link LeakyIntegrateAndFire}.
 *
 * <p>Input (B, T, Nin), Nin = N K, output (B, T, N), counts of spikes. Arguments, with their defaults: {@code shape}: N,
 * or (Nin, N); {@code tau_mem} (N,) or (), {@code tau_syn} (N, K), (1, K) or (): 0.02 s, at least dt; {@code bias} (N,) or
 * (): 0; {@code threshold} (N,) or (): 1; {@code has_rec}: false; {@code w_rec} (N, Nin): kaiming, from {@code seed};
 * {@code max_spikes_per_dt}: 65536; {@code noise_std}: 0, of the membrane, per root second; {@code dt}: 0.001 s. Records
 * {@code vmem} (after the reset), {@code isyn}, {@code irec} and {@code spikes}.
 */
public final class LIFODE extends SpikingNeurons {
    public LIFODE(int neurons) {
        this(Arguments.shape(neurons));
    }

    public LIFODE(Arguments given) {
        super(
                "LIFODE",
                given.expect(
                        "LIFODE",
                        "tau_mem",
                        "tau_syn",
                        "bias",
                        "threshold",
                        "has_rec",
                        "w_rec",
                        "max_spikes_per_dt",
                        "noise_std",
                        "seed",
                        "dt"),
                Integration.EULER,
                false,
                65536);
        checkValues();
    }

    @Override
    float factor(String name, float tau) {
        return Attributes.eulerRate(this, name, dt(), tau);
    }
}
