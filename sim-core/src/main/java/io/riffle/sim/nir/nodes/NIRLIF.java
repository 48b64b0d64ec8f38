package io.riffle.sim.nir.nodes;

import static io.riffle.sim.Family.TAUS;
import static io.riffle.sim.Family.THRESHOLDS;

import io.riffle.sim.Arguments;
import io.riffle.sim.Family;
import io.riffle.sim.Init;
import io.riffle.sim.Parameter;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;

/**
 * NIR's leaky integrate-and-fire neurons: {@code tau dv/dt = (v_leak - v) + r x}, a spike above v_threshold, then v_reset.
 * Arguments, with their defaults: {@code shape} N; {@code tau} 0.01 s (with sinabs in steps), {@code r} 1, {@code v_leak}
 * 0, {@code v_threshold} 1, {@code v_reset} 0, each (N,) or (); {@code dt} 0.001 s; {@code semantics} nir. See
 * {@link NirNeurons}.
 */
public final class NIRLIF extends NirNeurons {
    private final Parameter tau;
    private final Parameter r;
    private final Parameter leak;
    private final Parameter threshold;
    private final Parameter reset;

    public NIRLIF(Arguments given) {
        super("NIRLIF", given, true);
        Arguments arguments = given.expect("NIRLIF", "tau", "r", "v_leak", "v_threshold", "v_reset", "dt", "semantics");
        tau = parameter(arguments, "tau", TAUS, 0.01);
        r = parameter(arguments, "r", Family.of("resistances"), 1);
        leak = parameter(arguments, "v_leak", Family.of("leaks"), 0);
        threshold = parameter(arguments, "v_threshold", THRESHOLDS, 1);
        reset = parameter(arguments, "v_reset", Family.of("resets"), 0);
        begin(false, semantics() == Semantics.NORSE ? shape -> spread(leak.value(), shape) : Init.zeros());
    }

    /** One value for each neuron, of one value or as many. */
    static Tensor spread(Tensor values, Shape shape) {
        return values.shape().rank() == 0 ? Tensor.full(shape, values.get()) : values;
    }

    @Override
    Dynamics newDynamics() {
        double dt = dt();
        float[] taus = taus("tau", tau);
        float[] rs = each(r);
        float[] leaks = each(leak);
        float[] thresholds = each(threshold);
        return switch (semantics()) {
            case NIR ->
                new Dynamics(
                        null,
                        Euler.membrane(dt, taus, rs, leaks),
                        new Spiking(Spiking.Rule.ABOVE, thresholds, each(reset), null));
            case NORSE ->
                new Dynamics(
                        null,
                        Euler.membrane(dt, taus, null, leaks),
                        new Spiking(Spiking.Rule.ABOVE, thresholds, zeros(sizeOut()), null));
            case SNNTORCH -> {
                require("v_leak", leaks, 0);
                require("v_threshold", thresholds, thresholds[0]);
                for (int n = 0; n < thresholds.length; n++) {
                    thresholds[n] = (float) (thresholds[n] / (rs[n] * dt / taus[n]));
                }
                yield new Dynamics(
                        null,
                        Euler.leak(dt, taus),
                        new Spiking(Spiking.Rule.ABOVE, thresholds, zeros(sizeOut()), null));
            }
            case SINABS -> {
                require("v_leak", leaks, 0);
                yield new Dynamics(
                        null, Euler.decayInSteps(taus), new Spiking(Spiking.Rule.EACH, thresholds, null, null));
            }
            case ROCKPOOL -> throw notRead();
        };
    }
}
