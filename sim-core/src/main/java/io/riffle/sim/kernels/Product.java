package io.riffle.sim.kernels;

/**
 * Products of signals and one matrix of weights. Each sum runs over the inputs in ascending order, starting from zero.
 *
 * <p>Where few inputs are active, only their rows of the matrix are summed; where most are, four steps share each weight
 * that is read. The choice is made from the first rows of a signal, and changes no bit, the weights being finite: what a
 * silent input adds is a zero.
 *
 * <p>It keeps room for a row between calls, so it is for one thread at a time.
 */
public final class Product {
    /**
     * The share of active inputs from which on they are not looked for. A rough middle: looking for them pays at a tenth and
     * cannot pay where all are active; where exactly it ceases to was not measured.
     */
    private static final double DENSE = 0.5;

    private Kernel kernel = Kernels.now();
    private final int sizeIn;
    private final int sizeOut;
    private final float[] weights;
    private final int stride;
    private final Active active;
    private final float[] row;

    private Product(float[] weights, int sizeIn, int sizeOut, int stride) {
        this.weights = weights;
        this.sizeIn = sizeIn;
        this.sizeOut = sizeOut;
        this.stride = stride;
        active = new Active(sizeIn);
        row = stride == sizeOut ? null : new float[stride];
    }

    /**
     * For many calls: a copy with rows of whole vectors, unless they are already.
     *
     * @param weights (sizeIn, sizeOut), finite; not to be written to afterwards
     */
    public static Product of(float[] weights, int sizeIn, int sizeOut) {
        int stride = Padding.multiple(sizeOut, Kernels.LANES);
        if (stride == sizeOut) {
            return once(weights, sizeIn, sizeOut);
        }
        float[] padded = new float[sizeIn * stride];
        for (int i = 0; i < sizeIn; i++) {
            System.arraycopy(weights, i * sizeOut, padded, i * stride, sizeOut);
        }
        return new Product(padded, sizeIn, sizeOut, stride);
    }

    /** For a single call: with the weights as they are. */
    public static Product once(float[] weights, int sizeIn, int sizeOut) {
        return new Product(weights, sizeIn, sizeOut, sizeOut);
    }

    /**
     * {@code output[r] = input[r] * weights} for each row r.
     *
     * @param input (rows, sizeIn) from {@code inputAt}
     * @param output (rows, sizeOut) from {@code outputAt}, written to
     */
    public void multiply(float[] input, int inputAt, int rows, float[] output, int outputAt) {
        kernel = Kernels.now();
        int together = kernel.denseRows();
        int done = 0;
        if (rows >= together && isDense(input, inputAt, Math.min(rows, 2 * together))) {
            for (; done + together <= rows; done += together) {
                kernel.multiply(
                        input,
                        inputAt + done * sizeIn,
                        sizeIn,
                        weights,
                        stride,
                        sizeOut,
                        output,
                        outputAt + done * sizeOut);
            }
        }
        for (; done < rows; done++) {
            kernel.findActive(sizeIn, active.of(input, inputAt + done * sizeIn));
            sumActive(output, outputAt + done * sizeOut);
        }
    }

    private boolean isDense(float[] input, int at, int rows) {
        int values = rows * sizeIn;
        return kernel.countActive(input, at, values) > DENSE * values;
    }

    private void sumActive(float[] output, int at) {
        if (row == null) {
            kernel.sumRows(active, weights, stride, stride, output, at);
        } else {
            kernel.sumRows(active, weights, stride, stride, row, 0);
            System.arraycopy(row, 0, output, at, sizeOut);
        }
    }
}
