package io.riffle.sim.nir;

import io.riffle.sim.Names;
import io.riffle.sim.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One node as its file has it.
 *
 * @param path where it stands, for messages: {@code rnn.lif}
 * @param type the primitive: {@code LIF}
 * @param values its arguments: numbers as {@link Tensor}, texts as String
 * @param inner the graph of a {@code NIRGraph}
 */
record NirNode(String path, String type, Map<String, Object> values, Optional<NirGraph> inner) {
    NirNode {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static NirNode of(String path, String type, Map<String, Object> values) {
        return new NirNode(path, type, values, Optional.empty());
    }

    boolean is(String... types) {
        return Arrays.asList(types).contains(type);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** An array that must be there. */
    Tensor tensor(String name) {
        Object value = values.get(name);
        if (value instanceof Tensor tensor) {
            for (float number : tensor.arrayWithoutCopy()) {
                if (!Float.isFinite(number)) {
                    throw wrong("%s holds %s, expected finite numbers".formatted(name, number));
                }
            }
            return tensor;
        }
        throw wrong(
                value == null
                        ? "%s is missing".formatted(name)
                        : "%s is '%s', expected numbers".formatted(name, value));
    }

    /** Whole numbers, such as sizes or strides. */
    int[] whole(String name) {
        float[] numbers = tensor(name).arrayWithoutCopy();
        int[] whole = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            whole[i] = (int) numbers[i];
            if (whole[i] != numbers[i]) {
                throw wrong("%s holds %s, expected whole numbers".formatted(name, numbers[i]));
            }
        }
        return whole;
    }

    int whole(String name, int otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        int[] numbers = whole(name);
        if (numbers.length != 1) {
            throw wrong("%s has %s, expected one".formatted(name, Names.count(numbers.length, "number")));
        }
        return numbers[0];
    }

    NodeException wrong(String what) {
        return new NodeException("node '%s' (%s): %s".formatted(path, type, what));
    }

    /** {@code author=me, weights=values of shape (3, 2)}. */
    static String text(Map<String, Object> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + "="
                        + (value.getValue() instanceof Tensor tensor
                                ? tensor.shape().count() == 1
                                        ? tensor.arrayWithoutCopy()[0]
                                        : "values of shape " + tensor.shape()
                                : value.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** {@code (2, 8, 8)}. */
    static String text(int[] shape) {
        return Arrays.stream(shape)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", ", "(", shape.length == 1 ? ",)" : ")"));
    }
}
