package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.Derived;
import io.riffle.sim.Family;
import io.riffle.sim.Init;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Parameter;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.kernels.Product;

/**
 * A layer of weights: {@code y = x W + b}, without state.
 *
 * <p>Input (B, T, Nin), output (B, T, Nout). Arguments, with their defaults: {@code shape} (Nin, Nout); {@code weight}
 * (Nin, Nout): uniform within sqrt(6 / Nin); {@code bias} (Nout,) or (): only if given or with {@code has_bias}, then
 * uniform within sqrt(1 / Nout); {@code seed} of the random values: 0. Records nothing.
 */
public final class Linear extends Module {
    private final Parameter weight;
    private final Parameter bias;
    private final Derived<Product> product;
    private final Derived<float[]> biases;

    public Linear(int sizeIn, int sizeOut) {
        this(Arguments.shape(sizeIn, sizeOut));
    }

    public Linear(Arguments given) {
        super(shapeOf("Linear", given.of("Linear")));
        Arguments arguments = given.expect("Linear", "weight", "bias", "has_bias", "seed");
        Shape matrix = Shape.of(sizeIn(), sizeOut());
        weight = parameter(
                "weight", arguments.parameter("weight", Family.WEIGHTS, Init.kaiming(arguments.seed()), matrix));
        boolean biased = arguments.has("bias") || arguments.flag("has_bias", false);
        bias = biased
                ? parameter(
                        "bias",
                        arguments.parameter(
                                "bias",
                                Family.of("biases"),
                                Init.uniformSqrt(arguments.seed()),
                                Shape.of(sizeOut()),
                                Shape.SCALAR))
                : null;
        product = derived(() -> Product.of(weight.value().arrayWithoutCopy(), sizeIn(), sizeOut()));
        biases = derived(() -> bias == null ? new float[0] : Attributes.spread(bias.value(), sizeOut()));
    }

    static Shape shapeOf(String module, Arguments arguments) {
        if (arguments.shape().rank() != 2) {
            throw new RiffleException("%s: the shape is %s, expected (Nin, Nout)".formatted(module, arguments.shape()));
        }
        return arguments.shape();
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = acceptExactly(given);
        int rows = input.batches() * input.steps();
        float[] output = state.newOutput(rows * sizeOut());
        product.get().multiply(input.arrayWithoutCopy(), 0, rows, output, 0);
        if (bias != null) {
            addBias(output);
        }
        return output(output, input);
    }

    private void addBias(float[] output) {
        float[] added = biases.get();
        for (int row = 0; row < output.length; row += added.length) {
            for (int j = 0; j < added.length; j++) {
                output[row + j] += added[j];
            }
        }
    }
}
