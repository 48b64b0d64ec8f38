package io.riffle.sim.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;

/** Recorded numbers with their shape: {@code {"shape": [..], "data": [..]}}, nested lists, or a single number. */
record Values(Shape shape, double[] data) {

    static boolean areIn(JsonNode node) {
        return node.isNumber() || node.isArray() || (node.has("shape") && node.has("data"));
    }

    static Values of(JsonNode node) {
        if (node.isNumber()) {
            return new Values(Shape.SCALAR, new double[] {node.doubleValue()});
        }
        if (node.isArray()) {
            return nested(node);
        }
        Values values = new Values(shapeOf(node.path("shape")), numbers(node.path("data")));
        if (values.data.length != values.shape.count()) {
            throw new RiffleException(
                    "a leaf has %d values, but its shape is %s".formatted(values.data.length, values.shape));
        }
        return values;
    }

    static Shape shapeOf(JsonNode node) {
        int[] sizes = new int[node.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = node.get(i).intValue();
        }
        return Shape.of(sizes);
    }

    private static double[] numbers(JsonNode node) {
        double[] numbers = new double[node.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = node.get(i).doubleValue();
        }
        return numbers;
    }

    private static Values nested(JsonNode rows) {
        if (rows.isEmpty() || rows.get(0).isNumber()) {
            return new Values(Shape.of(rows.size()), numbers(rows));
        }
        Shape row = nested(rows.get(0)).shape;
        double[] data = new double[rows.size() * row.count()];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(nested(rows.get(i)).data, 0, data, i * row.count(), row.count());
        }
        return new Values(row.within(rows.size()), data);
    }

    Tensor toTensor() {
        float[] rounded = new float[data.length];
        for (int i = 0; i < data.length; i++) {
            rounded[i] = (float) data[i];
        }
        return Tensor.wrap(rounded, shape);
    }

    /** Counts of spikes, as far as the numbers tell. */
    boolean areWhole() {
        for (double value : data) {
            if (value != StrictMath.rint(value)) {
                return false;
            }
        }
        return true;
    }
}
