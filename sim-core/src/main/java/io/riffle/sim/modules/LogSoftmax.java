package io.riffle.sim.modules;

import io.riffle.sim.Arguments;

/**
 * A readout for classes: {@code l = ExpSyn(x W + b)}, then {@code y = (l - max l) - log sum exp(l - max l)}, max and sum
 * being over the channels of one time-step. (Rockpool's run over batch and time too, so that an output depends on the
 * future; a stream has none.)
 *
 * <p>Input (B, T, Nin), output (B, T, Nout). Arguments, with their defaults: {@code shape} (Nin, Nout); {@code weight},
 * {@code bias}, as {@link Linear}; {@code has_bias}: true; {@code tau}: 0.1 s, {@code noise_std}: 0, {@code dt}: 0.001 s, as
 * {@link ExpSyn}. Its modules are {@code linear} and {@code smooth}; records nothing.
 */
public final class LogSoftmax extends Readout {
    public LogSoftmax(int sizeIn, int sizeOut) {
        this(Arguments.shape(sizeIn, sizeOut));
    }

    public LogSoftmax(Arguments given) {
        super("LogSoftmax", given);
    }

    @Override
    float normalised(float below, float sum) {
        return below - (float) StrictMath.log(sum);
    }
}
