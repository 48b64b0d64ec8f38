package io.riffle.sim;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.kernels.Product;
import java.util.Arrays;

/**
 * An immutable block of float32 values in row-major order. A signal is (T, N), or (B, T, N) with a batch in front:
 * B batches, T time-steps, N channels.
 *
 * <p>Two doors: {@code of} and {@link #toArray} copy; {@link #wrap} and {@link #arrayWithoutCopy} do not and are for
 * callers who hand over the array, or promise not to write to it.
 */
public final class Tensor {
    private final Shape shape;
    private final float[] values;

    private Tensor(Shape shape, float[] values) {
        this.shape = shape;
        this.values = values;
    }

    /** Takes the array over: the caller must not write to it afterwards. */
    public static Tensor wrap(float[] values, Shape shape) {
        if (values.length != shape.count()) {
            throw new RiffleException("%d values do not fill the shape %s, which holds %d"
                    .formatted(values.length, shape, shape.count()));
        }
        return new Tensor(shape, values);
    }

    /** Takes the array over: the caller must not write to it afterwards. */
    public static Tensor wrap(float[] values, int... shape) {
        return wrap(values, Shape.of(shape));
    }

    public static Tensor scalar(double value) {
        return new Tensor(Shape.SCALAR, new float[] {(float) value});
    }

    public static Tensor of(float... values) {
        return new Tensor(Shape.of(values.length), values.clone());
    }

    public static Tensor of(double... values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) values[i];
        }
        return new Tensor(Shape.of(values.length), rounded);
    }

    /** A matrix from its rows. */
    public static Tensor of(float[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        float[] values = new float[rows.length * columns];
        for (int row = 0; row < rows.length; row++) {
            if (rows[row].length != columns) {
                throw new RiffleException(
                        "row %d has %d values, expected %d like row 0".formatted(row, rows[row].length, columns));
            }
            System.arraycopy(rows[row], 0, values, row * columns, columns);
        }
        return new Tensor(Shape.of(rows.length, columns), values);
    }

    public static Tensor zeros(Shape shape) {
        return new Tensor(shape, new float[shape.count()]);
    }

    public static Tensor full(Shape shape, double value) {
        float[] values = new float[shape.count()];
        Arrays.fill(values, (float) value);
        return new Tensor(shape, values);
    }

    public Shape shape() {
        return shape;
    }

    /** B of a signal (B, T, N). */
    public int batches() {
        return signal().shape.size(0);
    }

    /** T of a signal (B, T, N). */
    public int steps() {
        return signal().shape.size(1);
    }

    /** N of a signal (B, T, N). */
    public int channels() {
        return signal().shape.size(2);
    }

    private Tensor signal() {
        if (shape.rank() != 3) {
            throw new RiffleException("a tensor of shape %s is no signal, expected (B, T, N)".formatted(shape));
        }
        return this;
    }

    public float get(int... index) {
        if (index.length != shape.rank()) {
            throw new RiffleException(
                    "index %s has %d places, the shape is %s".formatted(Arrays.toString(index), index.length, shape));
        }
        int at = 0;
        for (int dimension = 0; dimension < index.length; dimension++) {
            at = at * shape.size(dimension) + java.util.Objects.checkIndex(index[dimension], shape.size(dimension));
        }
        return values[at];
    }

    public float[] toArray() {
        return values.clone();
    }

    /** The values themselves, for reading only: whoever writes to them breaks every holder of this tensor. */
    public float[] arrayWithoutCopy() {
        return values;
    }

    /** The number of a tensor of one: the decimal that was meant, 0.001 and not 0.0010000000474974513. */
    double decimal() {
        return Double.parseDouble(Float.toString(get()));
    }

    /** The same values in another shape of the same count. */
    public Tensor reshape(int... sizes) {
        return wrap(values, Shape.of(sizes));
    }

    /**
     * The product along the last dimension: (.., Nin) times (Nin, Nout) gives (.., Nout). Each sum runs over the inputs
     * in ascending order, starting from zero.
     */
    public Tensor matmul(Tensor weights) {
        requireNonNull(weights, "weights is null");
        if (shape.rank() < 1 || weights.shape.rank() != 2 || shape.sizeOut() != weights.shape.sizeIn()) {
            throw new RiffleException(
                    "a tensor of shape %s cannot be multiplied by one of shape %s: expected (.., %s) and (%s, N)"
                            .formatted(shape, weights.shape, "Nin", "Nin"));
        }
        int[] sizes = shape.toArray();
        sizes[sizes.length - 1] = weights.shape.sizeOut();
        Shape product = Shape.of(sizes);
        float[] output = new float[product.count()];
        int sizeIn = weights.shape.sizeIn();
        int rows = sizeIn == 0 ? 0 : values.length / sizeIn;
        Product.once(weights.values, sizeIn, weights.shape.sizeOut()).multiply(values, 0, rows, output, 0);
        return new Tensor(product, output);
    }

    /** The sum, element by element, of two tensors of the same shape. */
    public Tensor plus(Tensor other) {
        if (!shape.equals(other.shape)) {
            throw new RiffleException("tensors of shapes %s and %s cannot be added".formatted(shape, other.shape));
        }
        float[] sum = new float[values.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = values[i] + other.values[i];
        }
        return new Tensor(shape, sum);
    }

    /** Steps {@code from} (inclusive) to {@code to} (exclusive) of a signal (B, T, N). */
    public Tensor steps(int from, int to) {
        java.util.Objects.checkFromToIndex(from, to, steps());
        int row = steps() * channels();
        int length = (to - from) * channels();
        float[] cut = new float[batches() * length];
        for (int batch = 0; batch < batches(); batch++) {
            System.arraycopy(values, batch * row + from * channels(), cut, batch * length, length);
        }
        return wrap(cut, batches(), to - from, channels());
    }

    boolean isFinite() {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor && shape.equals(tensor.shape) && Arrays.equals(values, tensor.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    /** Short, whatever the size: {@code Tensor f32[100,64]}. A single number shows its value. */
    @Override
    public String toString() {
        return shape.rank() == 0
                ? Float.toString(values[0])
                : "Tensor f32" + Arrays.toString(shape.toArray()).replace(" ", "");
    }
}
