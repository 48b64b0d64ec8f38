package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.kernels.Integration;
import io.riffle.sim.kernels.LeakyIntegrateAndFire;

/**
 * Leaky integrate-and-fire neurons with exponential synapses, reset by subtraction, several spikes per step, with or
 * without recurrence. The equations stand at {@link LeakyIntegrateAndFire}.
 *
 * <p>Input (B, T, Nin), Nin = N K for K synapses per neuron: channel c feeds synapse c mod K of neuron c / K. Output
 * (B, T, N), counts of spikes. Arguments, with their defaults:
 *
 * <ul>
 *   <li>{@code shape}: N, or (Nin, N)
 *   <li>{@code tau_mem} (N,) or (), {@code tau_syn} (N, K), (1, K) or (), in seconds: 0.02; with {@code leak_mode}
 *       {@code decays} instead the decays per step {@code alpha}, {@code beta}: 0.5; with {@code bitshifts} the shifts
 *       {@code dash_mem}, {@code dash_syn}: 1
 *   <li>{@code bias} (N,) or (): 0; {@code threshold} (N,) or (): 1
 *   <li>{@code has_rec}: false; {@code w_rec} (N, Nin): kaiming, from {@code seed}
 *   <li>{@code max_spikes_per_dt}: 65536; {@code noise_std}: 0, of the membrane, per root second; {@code dt}: 0.001 s
 * </ul>
 *
 * Records {@code vmem} (after the reset), {@code isyn}, {@code irec} and {@code spikes}.
 */
public final class LIF extends SpikingNeurons {
    public LIF(int neurons) {
        this(Arguments.shape(neurons));
    }

    public LIF(Arguments given) {
        super(
                "LIF",
                given.expect(
                        "LIF",
                        "leak_mode",
                        "tau_mem",
                        "tau_syn",
                        "alpha",
                        "beta",
                        "dash_mem",
                        "dash_syn",
                        "bias",
                        "threshold",
                        "has_rec",
                        "w_rec",
                        "max_spikes_per_dt",
                        "noise_std",
                        "seed",
                        "dt"),
                Integration.EXPONENTIAL,
                false,
                65536);
        checkValues();
    }

    @Override
    float factor(String name, float leak) {
        return decay(name, leak);
    }
}
