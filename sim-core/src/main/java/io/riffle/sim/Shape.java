package io.riffle.sim;

import java.util.Arrays;
import java.util.StringJoiner;

/**
 * The sizes of a tensor or of a module, outermost first. Of a module the first size is what it takes ({@link #sizeIn})
 * and the last what it gives ({@link #sizeOut}). Prints as Rockpool does: {@code (4,)}, {@code (4, 6)}, {@code ()}.
 */
public final class Shape {
    /** The shape of a single number. */
    public static final Shape SCALAR = new Shape(new int[0]);

    private final int[] sizes;

    private Shape(int[] sizes) {
        this.sizes = sizes;
    }

    public static Shape of(int... sizes) {
        long count = 1;
        for (int size : sizes) {
            if (size < 0) {
                throw new RiffleException("a shape has the size %d, expected 0 or more".formatted(size));
            }
            count *= size;
            if (count > Integer.MAX_VALUE) {
                throw new RiffleException(
                        "a shape of %s holds more than %d values".formatted(Arrays.toString(sizes), Integer.MAX_VALUE));
            }
        }
        return new Shape(sizes.clone());
    }

    public int rank() {
        return sizes.length;
    }

    /** The size of one dimension, 0 being the outermost. */
    public int size(int dimension) {
        return sizes[dimension];
    }

    /** How many values a tensor of this shape holds. */
    public int count() {
        int count = 1;
        for (int size : sizes) {
            count *= size;
        }
        return count;
    }

    public int sizeIn() {
        return sizes[0];
    }

    public int sizeOut() {
        return sizes[sizes.length - 1];
    }

    /** This shape with one more dimension in front. */
    public Shape within(int size) {
        int[] larger = new int[sizes.length + 1];
        larger[0] = size;
        System.arraycopy(sizes, 0, larger, 1, sizes.length);
        return new Shape(larger);
    }

    /**
     * Whether both differ only by dimensions of size one, as (N,), (N, 1) and (1, N) do: then row-major values can move
     * from one to the other without changing their meaning.
     */
    public boolean sameButForOnes(Shape other) {
        return Arrays.equals(withoutOnes(), other.withoutOnes());
    }

    private int[] withoutOnes() {
        return Arrays.stream(sizes).filter(size -> size != 1).toArray();
    }

    public int[] toArray() {
        return sizes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    @Override
    public String toString() {
        StringJoiner joined = new StringJoiner(", ", "(", sizes.length == 1 ? ",)" : ")");
        for (int size : sizes) {
            joined.add(Integer.toString(size));
        }
        return joined.toString();
    }
}
