package io.riffle.sim.nir.nodes;

import io.riffle.sim.Arguments;
import io.riffle.sim.Init;

/**
 * NIR's leaky integrator behind a current: {@code tau_syn di/dt = -i + w_in x}, {@code tau_mem dv/dt = (v_leak - v) + r i}
 * with the new i. Arguments, with their defaults: {@code shape} N; {@code tau_syn} 0.005 s, {@code tau_mem} 0.01 s,
 * {@code r} 1, {@code v_leak} 0, {@code w_in} 1, each (N,) or (); {@code dt} 0.001 s; {@code semantics} nir, the only one
 * that reads it. See {@link NirNeurons}.
 */
public final class NIRCubaLI extends NirNeurons {
    private final Synapse synapse;

    public NIRCubaLI(Arguments given) {
        super("NIRCubaLI", given, false);
        synapse = new Synapse(
                this, given.expect("NIRCubaLI", "tau_syn", "tau_mem", "r", "v_leak", "w_in", "dt", "semantics"));
        begin(true, Init.zeros());
    }

    @Override
    Dynamics newDynamics() {
        if (semantics() != Semantics.NIR) {
            throw notRead();
        }
        return new Dynamics(synapse.current(false), synapse.membrane(), null);
    }
}
