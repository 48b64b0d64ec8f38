package io.riffle.sim.nir.nodes;

import static io.riffle.sim.Family.TAUS;

import io.riffle.sim.Arguments;
import io.riffle.sim.Family;
import io.riffle.sim.Init;
import io.riffle.sim.Parameter;

/**
 * NIR's leaky integrator: {@code tau dv/dt = (v_leak - v) + r x}. Arguments, with their defaults: {@code shape} N;
 * {@code tau} 0.01 s (with sinabs in steps), {@code r} 1, {@code v_leak} 0, each (N,) or (); {@code dt} 0.001 s;
 * {@code semantics} nir. See {@link NirNeurons}.
 */
public final class NIRLI extends NirNeurons {
    private final Parameter tau;
    private final Parameter r;
    private final Parameter leak;

    public NIRLI(Arguments given) {
        super("NIRLI", given, false);
        Arguments arguments = given.expect("NIRLI", "tau", "r", "v_leak", "dt", "semantics");
        tau = parameter(arguments, "tau", TAUS, 0.01);
        r = parameter(arguments, "r", Family.of("resistances"), 1);
        leak = parameter(arguments, "v_leak", Family.of("leaks"), 0);
        begin(false, semantics() == Semantics.NORSE ? shape -> NIRLIF.spread(leak.value(), shape) : Init.zeros());
    }

    @Override
    Dynamics newDynamics() {
        double dt = dt();
        float[] taus = taus("tau", tau);
        float[] rs = each(r);
        float[] leaks = each(leak);
        LinearStep membrane =
                switch (semantics()) {
                    case NIR -> Euler.membrane(dt, taus, rs, leaks);
                    case NORSE -> Euler.membrane(dt, taus, null, leaks);
                    case SINABS -> {
                        require("r", rs, 1);
                        require("v_leak", leaks, 0);
                        yield Euler.decayInSteps(taus);
                    }
                    case SNNTORCH, ROCKPOOL -> throw notRead();
                };
        return new Dynamics(null, membrane, null);
    }
}
