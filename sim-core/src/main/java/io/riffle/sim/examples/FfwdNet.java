package io.riffle.sim.examples;

import static io.riffle.sim.Family.WEIGHTS;

import io.riffle.sim.Arguments;
import io.riffle.sim.Init;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Parameter;
import io.riffle.sim.Recorder;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.modules.Rate;

/**
 * A module of one's own: a matrix of weights in front of rate neurons. The network {@code ffwd_net} of Rockpool's
 * notebook on the low-level API.
 */
public final class FfwdNet extends Module {
    private final Parameter weights;
    private final Module neurons;

    public FfwdNet(int sizeIn, int sizeOut) {
        this(Arguments.shape(sizeIn, sizeOut).with("neurons", new Rate(sizeOut)));
    }

    /** For network files: {@code shape}, {@code w_ffwd} and {@code neurons}. */
    public FfwdNet(Arguments arguments) {
        super(arguments.expect("FfwdNet", "w_ffwd", "neurons").shape());
        Shape matrix = Shape.of(sizeIn(), sizeOut());
        weights = parameter("w_ffwd", arguments.parameter("w_ffwd", WEIGHTS, Init.zeros(), matrix));
        neurons = module("neurons", arguments.module("neurons"));
    }

    @Override
    public Tensor evolve(Tensor input, ModuleState state, Recorder recorder) {
        Tensor current = recorder.record("weighted_input", input.matmul(weights.value()));
        return neurons.evolve(current, state.of("neurons"), recorder.of("neurons"));
    }
}
