package io.riffle.sim.nir.nodes;

import io.riffle.sim.Arguments;
import io.riffle.sim.Family;
import io.riffle.sim.Init;
import io.riffle.sim.Parameter;

/**
 * NIR's integrator: {@code dv/dt = r x}. Arguments, with their defaults: {@code shape} N; {@code r} 1, (N,) or ();
 * {@code dt} 0.001 s; {@code semantics} nir, the only one that reads it. See {@link NirNeurons}.
 */
public final class NIRI extends NirNeurons {
    private final Parameter r;

    public NIRI(Arguments given) {
        super("NIRI", given, false);
        r = parameter(given.expect("NIRI", "r", "dt", "semantics"), "r", Family.of("resistances"), 1);
        begin(false, Init.zeros());
    }

    @Override
    Dynamics newDynamics() {
        if (semantics() != Semantics.NIR) {
            throw notRead();
        }
        double dt = dt();
        float[] rs = each(r);
        return new Dynamics(null, Euler.integrate(sizeOut(), n -> dt * rs[n]), null);
    }
}
