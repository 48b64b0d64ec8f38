package io.riffle.integration.load;

import io.riffle.sim.Arguments;
import io.riffle.sim.Init;
import io.riffle.sim.Module;
import io.riffle.sim.Shape;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;

/** A small network that forgives nothing: recurrent, with noise, so that one wrong step shows in all later ones. */
public final class NoisyNetwork {
    public static final long SEED = 11;
    public static final double DT = 0.001;
    private static final int HIDDEN = 8;
    private static final int OUTPUTS = 3;

    private NoisyNetwork() {}

    public static Module create() {
        LIF hidden = new LIF(Arguments.shape(HIDDEN)
                .with("has_rec", true)
                .with("w_rec", Init.normal(0.1, 2).create(Shape.of(HIDDEN, HIDDEN)))
                .with("noise_std", 0.5));
        return new Sequential(
                linear(Sensor.CHANNELS, HIDDEN, 0.5, 1), hidden, linear(HIDDEN, OUTPUTS, 0.3, 3), new LIF(OUTPUTS));
    }

    private static Linear linear(int sizeIn, int sizeOut, double scale, long seed) {
        return new Linear(Arguments.shape(sizeIn, sizeOut)
                .with("weight", Init.normal(scale, seed).create(Shape.of(sizeIn, sizeOut))));
    }
}
