package io.riffle.sim.nir.nodes;

import static io.riffle.sim.Family.THRESHOLDS;

import io.riffle.sim.Arguments;
import io.riffle.sim.Family;
import io.riffle.sim.Init;
import io.riffle.sim.Parameter;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;

/**
 * NIR's leaky integrate-and-fire neurons behind a current: {@code tau_syn di/dt = -i + w_in x}, {@code tau_mem dv/dt =
 * (v_leak - v) + r i} with the new i, a spike above v_threshold, then v_reset. Arguments, with their defaults:
 * {@code shape} N; {@code tau_syn} 0.005 s, {@code tau_mem} 0.01 s, {@code r} 1, {@code v_leak} 0, {@code w_in} 1,
 * {@code v_threshold} 1, {@code v_reset} 0, each (N,) or (); {@code dt} 0.001 s; {@code semantics} nir. See
 * {@link NirNeurons}.
 */
public final class NIRCubaLIF extends NirNeurons {
    private static final double SAME = 1e-4;

    private final Synapse synapse;
    private final Parameter threshold;
    private final Parameter reset;

    public NIRCubaLIF(Arguments given) {
        super("NIRCubaLIF", given, true);
        Arguments arguments = given.expect(
                "NIRCubaLIF", "tau_syn", "tau_mem", "r", "v_leak", "w_in", "v_threshold", "v_reset", "dt", "semantics");
        synapse = new Synapse(this, arguments);
        threshold = parameter(arguments, "v_threshold", THRESHOLDS, 1);
        reset = parameter(arguments, "v_reset", Family.of("resets"), 0);
        begin(
                true,
                semantics() == Semantics.NORSE
                        ? shape -> NIRLIF.spread(Tensor.of(synapse.leak()), shape)
                        : Init.zeros());
    }

    @Override
    Dynamics newDynamics() {
        float[] thresholds = each(threshold);
        return switch (semantics()) {
            case NIR ->
                new Dynamics(
                        synapse.current(false),
                        synapse.membrane(),
                        new Spiking(Spiking.Rule.ABOVE, thresholds, each(reset), null));
            case NORSE ->
                new Dynamics(
                        synapse.current(true),
                        synapse.membrane(),
                        new Spiking(Spiking.Rule.ABOVE, thresholds, zeros(sizeOut()), null));
            case SNNTORCH -> snnTorch(thresholds);
            case SINABS, ROCKPOOL -> throw notRead();
        };
    }

    private Dynamics snnTorch(float[] thresholds) {
        double dt = dt();
        require("v_leak", synapse.leak(), 0);
        require("v_threshold", thresholds, thresholds[0]);
        float[] taus = synapse.tauMem();
        float[] rs = synapse.r();
        float[] weights = synapse.input();
        for (int n = 0; n < thresholds.length; n++) {
            double expected = taus[n] / dt;
            if (Math.abs(rs[n] - expected) > SAME * expected) {
                throw new RiffleException("%s: r is %s, but snntorch takes tau_mem / dt only, which is %s"
                        .formatted(where(), rs[n], expected));
            }
            thresholds[n] = (float) (thresholds[n] / (weights[n] * dt / synapse.tauSyn()[n]));
        }
        return new Dynamics(
                Euler.leak(dt, synapse.tauSyn()),
                Euler.leak(dt, taus),
                new Spiking(Spiking.Rule.ABOVE, thresholds, zeros(sizeOut()), null));
    }
}
