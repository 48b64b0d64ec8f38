package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.Tensor;

/** A layer of weights, exponential synapses to smooth what it gives, and a function of all channels of a step. */
abstract sealed class Readout extends Module permits Softmax, LogSoftmax {
    private static final double USUAL_TAU = 0.1;

    private final Linear linear;
    private final ExpSyn smooth;

    Readout(String name, Arguments given) {
        this(given.expect(name, "weight", "bias", "has_bias", "tau", "noise_std", "dt"), name);
    }

    private Readout(Arguments arguments, String name) {
        super(Linear.shapeOf(name, arguments));
        Arguments layer = Arguments.shape(sizeIn(), sizeOut()).with("has_bias", arguments.flag("has_bias", true));
        linear = module(
                "linear", Parts.made(name, "linear", () -> new Linear(copy(arguments, layer, "weight", "bias"))));
        Arguments synapses = Arguments.shape(sizeOut()).with("tau", USUAL_TAU);
        smooth = module(
                "smooth",
                Parts.made(name, "smooth", () -> new ExpSyn(copy(arguments, synapses, "tau", "noise_std", "dt"))));
    }

    private static Arguments copy(Arguments from, Arguments to, String... names) {
        Arguments copy = to;
        for (String name : names) {
            copy = from.has(name) ? copy.with(name, from.get(name)) : copy;
        }
        return copy;
    }

    @Override
    public final Arguments toArguments() {
        Arguments arguments =
                Arguments.shape(shape()).with("has_bias", linear.parameters().has("bias"));
        arguments = copy(linear.toArguments(), arguments, "weight", "bias");
        return copy(smooth.toArguments(), arguments, "tau", "noise_std", "dt");
    }

    @Override
    public final Tensor evolve(Tensor input, ModuleState state, Recorder recorder) {
        Tensor weighted = linear.evolve(input, state.of("linear"), recorder.of("linear"));
        Tensor smoothed = smooth.evolve(weighted, state.of("smooth"), recorder.of("smooth"));
        float[] values = smoothed.toArray();
        for (int row = 0; row < values.length; row += sizeOut()) {
            float largest = values[row];
            for (int n = 1; n < sizeOut(); n++) {
                largest = Math.max(largest, values[row + n]);
            }
            float sum = 0;
            for (int n = 0; n < sizeOut(); n++) {
                values[row + n] -= largest;
                sum += (float) StrictMath.exp(values[row + n]);
            }
            for (int n = 0; n < sizeOut(); n++) {
                values[row + n] = normalised(values[row + n], sum);
            }
        }
        return Tensor.wrap(values, smoothed.shape());
    }

    /**
     * @param below a channel less the largest one: 0 or below
     * @param sum of exp(below) over the channels of the step
     */
    abstract float normalised(float below, float sum);
}
