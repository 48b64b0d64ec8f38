package io.riffle.sim.nir.nodes;

import static io.riffle.sim.Family.THRESHOLDS;

import io.riffle.sim.Arguments;
import io.riffle.sim.Family;
import io.riffle.sim.Init;
import io.riffle.sim.Parameter;

/**
 * NIR's integrate-and-fire neurons: {@code dv/dt = r x}, a spike above v_threshold, then v_reset. Arguments, with their
 * defaults: {@code shape} N; {@code r} 1, {@code v_threshold} 1, {@code v_reset} 0, each (N,) or (); {@code dt} 0.001 s;
 * {@code semantics} nir. See {@link NirNeurons}.
 */
public final class NIRIF extends NirNeurons {
    /** What snnTorch makes of neurons that do not leak: they do. */
    private static final double SNNTORCH_DECAY = 0.9;

    private final Parameter r;
    private final Parameter threshold;
    private final Parameter reset;

    public NIRIF(Arguments given) {
        super("NIRIF", given, true);
        Arguments arguments = given.expect("NIRIF", "r", "v_threshold", "v_reset", "dt", "semantics");
        r = parameter(arguments, "r", Family.of("resistances"), 1);
        threshold = parameter(arguments, "v_threshold", THRESHOLDS, 1);
        reset = parameter(arguments, "v_reset", Family.of("resets"), 0);
        begin(false, Init.zeros());
    }

    @Override
    Dynamics newDynamics() {
        double dt = dt();
        int neurons = sizeOut();
        float[] rs = each(r);
        float[] thresholds = each(threshold);
        return switch (semantics()) {
            case NIR ->
                new Dynamics(
                        null,
                        Euler.integrate(neurons, n -> dt * rs[n]),
                        new Spiking(Spiking.Rule.ABOVE, thresholds, each(reset), null));
            case NORSE ->
                new Dynamics(
                        null,
                        Euler.integrate(neurons, n -> 1),
                        new Spiking(Spiking.Rule.ABOVE, thresholds, zeros(neurons), null));
            case SNNTORCH -> {
                require("v_threshold", thresholds, thresholds[0]);
                yield new Dynamics(
                        null,
                        LinearStep.of(neurons, n -> SNNTORCH_DECAY, n -> 1, n -> 0),
                        new Spiking(Spiking.Rule.ABOVE_THE_REST, thresholds, null, null));
            }
            case SINABS -> {
                float[] floors = thresholds.clone();
                for (int n = 0; n < neurons; n++) {
                    floors[n] = -thresholds[n];
                }
                yield new Dynamics(
                        null,
                        Euler.integrate(neurons, n -> 1),
                        new Spiking(Spiking.Rule.EACH, thresholds, null, floors));
            }
            case ROCKPOOL -> throw notRead();
        };
    }
}
