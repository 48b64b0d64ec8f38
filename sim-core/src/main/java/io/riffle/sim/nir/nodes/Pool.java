package io.riffle.sim.nir.nodes;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.SimulationParameter;
import io.riffle.sim.Tensor;

/** One value for each window over the pixels of a channel, in every step by itself; zeros around. */
abstract class Pool extends Module implements Spatial {
    private final int channels;
    private final Window rows;
    private final Window columns;

    /** What pooling takes and gives. */
    private record Sizes(int channels, Window rows, Window columns) {
        Shape shape() {
            return Shape.of(channels * rows.size() * columns.size(), channels * rows.count() * columns.count());
        }
    }

    Pool(String module, Arguments given) {
        this(sizes(module, given.expect(module, "input_shape", "kernel_size", "stride", "padding")), given);
    }

    private Pool(Sizes sizes, Arguments arguments) {
        super(sizes.shape());
        channels = sizes.channels();
        rows = sizes.rows();
        columns = sizes.columns();
        Windows windows = new Windows(arguments, 2);
        simulationParameter(
                "input_shape",
                SimulationParameter.of(Tensor.of((float) channels, rows.size(), columns.size()))
                        .fixed());
        simulationParameter(
                "kernel_size",
                SimulationParameter.of(windows.tensor("kernel_size", 1)).fixed());
        simulationParameter(
                "stride", SimulationParameter.of(windows.tensor("stride", 1)).fixed());
        simulationParameter(
                "padding", SimulationParameter.of(windows.tensor("padding", 0)).fixed());
    }

    private static Sizes sizes(String module, Arguments arguments) {
        try {
            int[] input = new Windows(arguments, 3).sizes("input_shape", 1);
            Windows windows = new Windows(arguments, 2);
            int[] kernel = windows.sizes("kernel_size", 1);
            return new Sizes(input[0], windows.of(0, input[1], kernel[0]), windows.of(1, input[2], kernel[1]));
        } catch (RiffleException wrong) {
            throw new RiffleException(module + ": " + wrong.getMessage(), wrong);
        }
    }

    /** What stands for a window whose values add up to this. */
    abstract float of(float sum);

    final int size() {
        return rows.kernel() * columns.kernel();
    }

    @Override
    public final Shape signalIn() {
        return Shape.of(channels, rows.size(), columns.size());
    }

    @Override
    public final Shape signalOut() {
        return Shape.of(channels, rows.count(), columns.count());
    }

    @Override
    public final Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = acceptExactly(given);
        int planes = input.batches() * input.steps() * channels;
        float[] output = new float[planes * rows.count() * columns.count()];
        int at = 0;
        for (int plane = 0; plane < planes; plane++) {
            int from = plane * rows.size() * columns.size();
            for (int row = 0; row < rows.count(); row++) {
                for (int column = 0; column < columns.count(); column++) {
                    output[at++] = of(sum(input.arrayWithoutCopy(), from, row, column));
                }
            }
        }
        return Tensor.wrap(output, input.batches(), input.steps(), sizeOut());
    }

    private float sum(float[] input, int from, int row, int column) {
        float sum = 0;
        for (int i = 0; i < rows.kernel(); i++) {
            int y = rows.at(row, i);
            for (int j = 0; j < columns.kernel() && rows.isInside(y); j++) {
                int x = columns.at(column, j);
                if (columns.isInside(x)) {
                    sum += input[from + y * columns.size() + x];
                }
            }
        }
        return sum;
    }
}
