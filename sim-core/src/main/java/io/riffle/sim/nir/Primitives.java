package io.riffle.sim.nir;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.modules.Linear;
import io.riffle.sim.nir.nodes.AvgPool2d;
import io.riffle.sim.nir.nodes.Conv1d;
import io.riffle.sim.nir.nodes.Conv2d;
import io.riffle.sim.nir.nodes.Delay;
import io.riffle.sim.nir.nodes.Flatten;
import io.riffle.sim.nir.nodes.NIRCubaLI;
import io.riffle.sim.nir.nodes.NIRCubaLIF;
import io.riffle.sim.nir.nodes.NIRI;
import io.riffle.sim.nir.nodes.NIRIF;
import io.riffle.sim.nir.nodes.NIRLI;
import io.riffle.sim.nir.nodes.NIRLIF;
import io.riffle.sim.nir.nodes.Scale;
import io.riffle.sim.nir.nodes.Spatial;
import io.riffle.sim.nir.nodes.SumPool2d;
import io.riffle.sim.nir.nodes.Threshold;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The modules that stand for NIR's primitives. */
final class Primitives {
    private static final Map<String, Function<Arguments, Module>> NEURONS = Map.of(
            "LI", NIRLI::new,
            "LIF", NIRLIF::new,
            "CubaLI", NIRCubaLI::new,
            "CubaLIF", NIRCubaLIF::new,
            "I", NIRI::new,
            "IF", NIRIF::new);

    /** What files of the first versions do not have. */
    private static final Map<String, Float> OLD_FILES_LACK = Map.of("v_reset", 0f, "w_in", 1f);

    private static final Set<String> SPACES = Set.of("Conv1d", "Conv2d", "SumPool2d", "AvgPool2d");

    private Primitives() {}

    static boolean isNeurons(NirNode node) {
        return NEURONS.containsKey(node.type());
    }

    static boolean isSpace(NirNode node) {
        return SPACES.contains(node.type());
    }

    /** Weights and a bias, which all semantics read alike. */
    static Module linear(NirNode node) {
        Tensor weight = transposed(node.tensor("weight"));
        Arguments arguments = Arguments.shape(weight.shape()).with("weight", weight);
        if (node.is("Affine")) {
            Tensor bias = node.tensor("bias");
            int outputs = weight.shape().sizeOut();
            if (bias.shape().count() != outputs && bias.shape().count() != 1) {
                throw node.wrong(
                        "bias has the shape %s, expected (%d,) as the weights give".formatted(bias.shape(), outputs));
            }
            int[] shape = bias.shape().count() == outputs ? new int[] {outputs} : new int[0];
            arguments = arguments.with("bias", bias.reshape(shape));
        }
        return new Linear(arguments);
    }

    /** NIR's weights are (out, in), Riffle's (in, out). */
    static Tensor transposed(Tensor matrix) {
        int rows = matrix.shape().size(0);
        int columns = matrix.shape().size(1);
        float[] values = matrix.arrayWithoutCopy();
        float[] turned = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column * rows + row] = values[row * columns + column];
            }
        }
        return Tensor.wrap(turned, columns, rows);
    }

    static int[] spatialOutput(NirNode node, int[] taken) {
        return ((Spatial) space(node, taken)).signalOut().toArray();
    }

    /** Convolutions and pools. */
    static Module space(NirNode node, int[] taken) {
        int dimensions = node.is("Conv1d") ? 2 : 3;
        int[] signal = withLeadingOnes(node, taken, dimensions);
        Arguments arguments = Arguments.none();
        for (String name : Members.of(node.type())) {
            if (node.has(name) && !name.equals("input_shape")) {
                Object value = node.values().get(name);
                arguments = arguments.with(name, value instanceof String ? value : node.tensor(name));
            }
        }
        boolean pool = node.is("SumPool2d", "AvgPool2d");
        float[] sizes = new float[pool ? dimensions : dimensions - 1];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = signal[signal.length - sizes.length + i];
        }
        arguments = arguments.with("input_shape", Tensor.of(sizes));
        Module module =
                switch (node.type()) {
                    case "Conv1d" -> new Conv1d(arguments);
                    case "Conv2d" -> new Conv2d(arguments);
                    case "SumPool2d" -> new SumPool2d(arguments);
                    default -> new AvgPool2d(arguments);
                };
        if (module.sizeIn() != Dimensions.count(taken)) {
            throw node.wrong("it takes %s, but gets %s".formatted(((Spatial) module).signalIn(), NirNode.text(taken)));
        }
        return module;
    }

    private static int[] withLeadingOnes(NirNode node, int[] shape, int rank) {
        if (shape.length > rank) {
            throw node.wrong("it gets the shape %s, expected %d dimensions".formatted(NirNode.text(shape), rank));
        }
        int[] longer = new int[rank];
        for (int i = 0; i < rank; i++) {
            int from = i - (rank - shape.length);
            longer[i] = from < 0 ? 1 : shape[from];
        }
        return longer;
    }

    /** What works value by value on what it gets. */
    static Module pointwise(NirNode node, int[] shape, double dt, Report report) {
        Arguments arguments = Arguments.shape(Dimensions.count(shape));
        return switch (node.type()) {
            case "Scale" -> new Scale(arguments.with("scale", values(node, "scale", shape, report)));
            case "Threshold" -> new Threshold(arguments.with("threshold", values(node, "threshold", shape, report)));
            case "Delay" ->
                new Delay(arguments
                        .with("delay", values(node, "delay", shape, report))
                        .with("dt", dt));
            case "Flatten" -> new Flatten(arguments);
            default -> throw unknown(node);
        };
    }

    static Module neurons(NirNode node, int[] shape, double dt, String semantics, Report report) {
        Arguments arguments = Arguments.shape(Dimensions.count(shape));
        for (String name : Members.of(node.type())) {
            if (node.has(name) || !OLD_FILES_LACK.containsKey(name)) {
                arguments = arguments.with(name, values(node, name, shape, report));
            } else {
                float value = OLD_FILES_LACK.get(name);
                report.say("node '%s' (%s) has no %s: taken as %s".formatted(node.path(), node.type(), name, value));
                arguments = arguments.with(name, Tensor.scalar(value));
            }
        }
        return NEURONS.get(node.type()).apply(arguments.with("dt", dt).with("semantics", semantics));
    }

    /** A value for each neuron, or one for all: as in numpy, sizes of 1 stand for any number. */
    static Tensor values(NirNode node, String name, int[] shape, Report report) {
        Tensor given = node.tensor(name);
        int count = Dimensions.count(shape);
        if (given.shape().count() == count) {
            return given.reshape(count);
        }
        report.say("node '%s' (%s): %s of shape %s stands for all of %s"
                .formatted(node.path(), node.type(), name, given.shape(), NirNode.text(shape)));
        return given.shape().count() == 1 ? given.reshape() : broadcast(node, name, given, shape);
    }

    private static Tensor broadcast(NirNode node, String name, Tensor given, int[] shape) {
        Shape own = given.shape();
        int lead = shape.length - own.rank();
        int[] strides = new int[shape.length];
        int stride = 1;
        boolean fits = lead >= 0;
        for (int i = own.rank() - 1; fits && i >= 0; i--) {
            fits = own.size(i) == 1 || own.size(i) == shape[lead + i];
            strides[lead + i] = own.size(i) == 1 ? 0 : stride;
            stride *= own.size(i);
        }
        if (!fits) {
            throw node.wrong("%s has the shape %s, expected %s".formatted(name, own, NirNode.text(shape)));
        }
        float[] values = new float[Dimensions.count(shape)];
        for (int i = 0; i < values.length; i++) {
            int rest = i;
            int from = 0;
            for (int d = shape.length - 1; d >= 0; d--) {
                from += rest % shape[d] * strides[d];
                rest /= shape[d];
            }
            values[i] = given.arrayWithoutCopy()[from];
        }
        return Tensor.of(values);
    }

    static NodeException unknown(NirNode node) {
        return node.wrong("there is no such primitive, expected one of NIR's");
    }
}
