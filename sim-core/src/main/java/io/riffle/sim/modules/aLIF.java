package io.riffle.sim.modules;

import static io.riffle.sim.Family.TAUS;
import static io.riffle.sim.Family.WEIGHTS;

import io.riffle.sim.Arguments;
import io.riffle.sim.Init;
import io.riffle.sim.Parameter;
import io.riffle.sim.Shape;
import io.riffle.sim.State;
import io.riffle.sim.kernels.Decay;
import io.riffle.sim.kernels.Integration;
import io.riffle.sim.kernels.LeakyIntegrateAndFire;
import io.riffle.sim.kernels.LeakyIntegrateAndFire.Adaptation;

/**
 * Adaptive leaky integrate-and-fire neurons: {@link LIF} with an after-hyperpolarisation current, which each spike of a
 * neuron adds to its own membrane from the next step on. The equations stand at {@link LeakyIntegrateAndFire}.
 *
 * <p>Input (B, T, Nin), output (B, T, N), arguments and defaults as {@link LIF}, and {@code w_ahp} (N,) or (): -0.9, the
 * weight of a spike; {@code tau_ahp} (N,), (1,) or (): 0.02 s, of the current. Records {@code iahp} besides.
 *
 * <p>The name is Rockpool's, small first letter and all: the class of a module is its name in print and in files.
 */
public final class aLIF extends SpikingNeurons {
    private final Parameter ahpWeights;
    private final Parameter ahpTau;

    public aLIF(int neurons) {
        this(Arguments.shape(neurons));
    }

    public aLIF(Arguments given) {
        super(
                "aLIF",
                given.expect(
                        "aLIF",
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
                        "w_ahp",
                        "tau_ahp",
                        "max_spikes_per_dt",
                        "noise_std",
                        "seed",
                        "dt"),
                Integration.EXPONENTIAL,
                true,
                65536);
        Arguments arguments = given.of("aLIF");
        Shape each = Shape.of(sizeOut());
        ahpWeights = parameter("w_ahp", arguments.parameter("w_ahp", WEIGHTS, Init.constant(-0.9), each, Shape.SCALAR));
        ahpTau = parameter(
                "tau_ahp", arguments.parameter("tau_ahp", TAUS, Init.constant(0.02), each, Shape.of(1), Shape.SCALAR));
        adapt(state("iahp", State.withShape(each)), this::newAdaptation);
        checkValues();
    }

    private Adaptation newAdaptation() {
        float[] decays = Attributes.spread(ahpTau.value(), sizeOut());
        for (int n = 0; n < decays.length; n++) {
            decays[n] = Decay.exponential(dt(), (float) Attributes.notNegative(this, "tau_ahp", decays[n]));
        }
        return new Adaptation(Attributes.spread(ahpWeights.value(), sizeOut()), decays);
    }

    @Override
    float factor(String name, float leak) {
        return decay(name, leak);
    }
}
