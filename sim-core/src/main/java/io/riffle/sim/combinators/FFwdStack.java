package io.riffle.sim.combinators;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Modules one after the other with a matrix of weights between each two: parameters {@code 0_1_weight},
 * {@code 1_2_weight}, .. of shape (Nout of the one, Nin of the next), zeros unless given.
 *
 * <p>Input (B, T, Nin of the first), output (B, T, Nout of the last). Records what its modules record, and
 * {@code {name}_output} of all but the last.
 */
public final class FFwdStack extends Module {
    private final List<Parameter> weights = new ArrayList<>();
    private final List<Derived<Product>> products = new ArrayList<>();

    public FFwdStack(Module... modules) {
        this(Arguments.none().with("modules", List.of(modules)));
    }

    /** @param arguments {@code modules}, a list; optionally {@code names}, one for each, and {@code weights}, a list of matrices */
    public FFwdStack(Arguments arguments) {
        this(
                Children.of("FFwdStack", arguments.expect("FFwdStack", "modules", "names", "weights")),
                arguments.of("FFwdStack"));
    }

    private FFwdStack(Children children, Arguments arguments) {
        super(
                children.atLeast(2).shape(),
                children.first().spikingInput(),
                children.last().spikingOutput());
        List<Module> modules = List.copyOf(children.modules().values());
        List<?> given = arguments.has("weights") ? arguments.list("weights", Object.class) : List.of();
        if (!given.isEmpty() && given.size() != modules.size() - 1) {
            throw new RiffleException("FFwdStack: %d matrices of weights are given for %d modules, expected %d"
                    .formatted(given.size(), modules.size(), modules.size() - 1));
        }
        for (int i = 0; i + 1 < modules.size(); i++) {
            Shape shape = Shape.of(modules.get(i).sizeOut(), modules.get(i + 1).sizeIn());
            Parameter declared = given.isEmpty()
                    ? Parameter.withShape(shape).init(Init.zeros())
                    : Parameter.of(given.get(i)).shape(shape);
            Parameter weight = parameter("%d_%d_weight".formatted(i, i + 1), declared.family(Family.WEIGHTS));
            weights.add(weight);
            products.add(derived(() -> Product.of(weight.value().arrayWithoutCopy(), shape.sizeIn(), shape.sizeOut())));
        }
        children.modules().forEach(this::module);
    }

    @Override
    public Arguments toArguments() {
        return Children.toArguments(modules())
                .with("weights", weights.stream().map(Parameter::value).toList());
    }

    @Override
    public Tensor evolve(Tensor input, ModuleState state, Recorder recorder) {
        Tensor signal = input;
        int index = 0;
        for (Map.Entry<String, Module> entry : modules().entrySet()) {
            String name = entry.getKey();
            signal = entry.getValue().evolve(signal, state.of(name), recorder.of(name));
            if (index < weights.size()) {
                recorder.recordOutput(name, signal);
                signal = multiply(
                        products.get(index).get(),
                        signal,
                        weights.get(index).shape().sizeOut());
            }
            index++;
        }
        return signal;
    }

    private static Tensor multiply(Product product, Tensor signal, int sizeOut) {
        int rows = signal.batches() * signal.steps();
        float[] output = new float[rows * sizeOut];
        product.multiply(signal.arrayWithoutCopy(), 0, rows, output, 0);
        return Tensor.wrap(output, signal.batches(), signal.steps(), sizeOut);
    }
}
