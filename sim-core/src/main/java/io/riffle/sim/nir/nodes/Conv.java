package io.riffle.sim.nir.nodes;

import io.riffle.sim.Arguments;
import io.riffle.sim.Family;
import io.riffle.sim.Init;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Parameter;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.SimulationParameter;
import io.riffle.sim.Tensor;

/**
 * A cross-correlation over space, in every step by itself, with zeros around: signals are (channels, height, width), flat
 * and row-major, of one dimension (channels, width) with height 1. Sums run over channels, rows, columns in this order,
 * then the bias.
 */
abstract class Conv extends Module implements Spatial {
    private final Parameter weight;
    private final Parameter bias;
    private final int channelsIn;
    private final int channelsOut;
    private final Window rows;
    private final Window columns;

    /** The sizes of a convolution, worked out from its arguments. */
    record Sizes(int channelsIn, int channelsOut, int groups, Window rows, Window columns, Shape weight) {
        Shape shape() {
            return Shape.of(
                    Math.multiplyExact(channelsIn, rows.size() * columns.size()),
                    Math.multiplyExact(channelsOut, rows.count() * columns.count()));
        }
    }

    Conv(Sizes sizes, Arguments arguments) {
        super(sizes.shape());
        channelsIn = sizes.channelsIn();
        channelsOut = sizes.channelsOut();
        rows = sizes.rows();
        columns = sizes.columns();
        weight = parameter("weight", arguments.parameter("weight", Family.WEIGHTS, Init.zeros(), sizes.weight()));
        bias = parameter(
                "bias",
                arguments.parameter("bias", Family.of("biases"), Init.zeros(), Shape.of(channelsOut), Shape.SCALAR));
        simulationParameter(
                "groups", SimulationParameter.of((long) sizes.groups()).fixed());
    }

    /** Refuses groups that do not divide the channels. */
    static int groups(String module, int groups, int channelsIn, int channelsOut, int ofWeight) {
        if (groups < 1 || channelsOut % groups != 0 || channelsIn != ofWeight * groups) {
            throw new RiffleException(
                    "%s: %d groups of %d channels in and %d out, but the weights take %d; expected channels in = groups times these"
                            .formatted(module, groups, channelsIn, channelsOut, ofWeight));
        }
        return groups;
    }

    @Override
    public final Shape signalIn() {
        return signal(channelsIn, rows.size(), columns.size());
    }

    @Override
    public final Shape signalOut() {
        return signal(channelsOut, rows.count(), columns.count());
    }

    private Shape signal(int channels, int height, int width) {
        return weight.shape().rank() == 4 ? Shape.of(channels, height, width) : Shape.of(channels, width);
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = acceptExactly(given);
        int signals = input.batches() * input.steps();
        float[] output = new float[signals * sizeOut()];
        for (int signal = 0; signal < signals; signal++) {
            correlate(input.arrayWithoutCopy(), signal * sizeIn(), output, signal * sizeOut());
        }
        return Tensor.wrap(output, input.batches(), input.steps(), sizeOut());
    }

    private void correlate(float[] input, int inputAt, float[] output, int outputAt) {
        float[] biases = bias.value().arrayWithoutCopy();
        int ofGroup = weight.value().shape().size(1);
        int outOfGroup = channelsOut / (channelsIn / ofGroup);
        int at = outputAt;
        for (int out = 0; out < channelsOut; out++) {
            int firstIn = out / outOfGroup * ofGroup;
            for (int row = 0; row < rows.count(); row++) {
                for (int column = 0; column < columns.count(); column++) {
                    output[at++] =
                            sum(input, inputAt, out, firstIn, ofGroup, row, column) + biases[out % biases.length];
                }
            }
        }
    }

    private float sum(float[] input, int inputAt, int out, int firstIn, int ofGroup, int row, int column) {
        float[] weights = weight.value().arrayWithoutCopy();
        float sum = 0;
        for (int in = 0; in < ofGroup; in++) {
            for (int i = 0; i < rows.kernel(); i++) {
                int y = rows.at(row, i);
                if (!rows.isInside(y)) {
                    continue;
                }
                int line = inputAt + ((firstIn + in) * rows.size() + y) * columns.size();
                int w = ((out * ofGroup + in) * rows.kernel() + i) * columns.kernel();
                for (int j = 0; j < columns.kernel(); j++) {
                    int x = columns.at(column, j);
                    if (columns.isInside(x)) {
                        sum += input[line + x] * weights[w + j];
                    }
                }
            }
        }
        return sum;
    }
}
