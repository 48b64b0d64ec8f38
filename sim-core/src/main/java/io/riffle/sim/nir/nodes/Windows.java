package io.riffle.sim.nir.nodes;

import io.riffle.sim.Arguments;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;

/** Reads how windows move out of arguments: {@code stride}, {@code padding}, {@code dilation}, for one or two dimensions. */
final class Windows {
    private final Arguments arguments;
    private final int dimensions;

    Windows(Arguments arguments, int dimensions) {
        this.arguments = arguments;
        this.dimensions = dimensions;
    }

    /** The window along one dimension. */
    Window of(int dimension, int size, int kernel) {
        int step = sizes("stride", 1)[dimension];
        int spread = sizes("dilation", 1)[dimension];
        if (!isText("padding")) {
            int padding = sizes("padding", 0)[dimension];
            return new Window(size, kernel, step, padding, padding, spread);
        }
        String text = arguments.text("padding", "");
        if (text.equals("valid")) {
            return new Window(size, kernel, step, 0, 0, spread);
        }
        if (!text.equals("same")) {
            throw new RiffleException("padding is '%s', expected numbers, 'same' or 'valid'".formatted(text));
        }
        if (step != 1) {
            throw new RiffleException("padding is 'same' with a stride of %d, expected a stride of 1".formatted(step));
        }
        int all = Math.multiplyExact(spread, kernel - 1);
        return new Window(size, kernel, step, all / 2, all - all / 2, spread);
    }

    boolean isText(String name) {
        return arguments.has(name) && arguments.get(name) instanceof String;
    }

    /** Whole numbers, one for each dimension; a single one is for all. */
    int[] sizes(String name, int otherwise) {
        float[] given = arguments.has(name) ? arguments.tensor(name).arrayWithoutCopy() : new float[] {otherwise};
        if (given.length != 1 && given.length != dimensions) {
            throw new RiffleException("%s has %d numbers, expected %d".formatted(name, given.length, dimensions));
        }
        int[] sizes = new int[dimensions];
        for (int i = 0; i < dimensions; i++) {
            float number = given[given.length == 1 ? 0 : i];
            sizes[i] = (int) number;
            if (sizes[i] != number) {
                throw new RiffleException("%s holds %s, expected whole numbers".formatted(name, number));
            }
        }
        return sizes;
    }

    Tensor tensor(String name, int otherwise) {
        int[] sizes = sizes(name, otherwise);
        float[] numbers = new float[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            numbers[i] = sizes[i];
        }
        return Tensor.wrap(numbers, sizes.length);
    }
}
