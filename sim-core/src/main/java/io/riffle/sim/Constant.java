package io.riffle.sim;

import static java.util.Objects.requireNonNull;

/**
 * Marks the value of what would be a {@link Parameter} as fixed: the module lists it under its simulation parameters
 * instead.
 */
public final class Constant {
    private final Tensor value;

    private Constant(Tensor value) {
        this.value = value;
    }

    /** @param value a number, an array, a nested array or a {@link Tensor} */
    public static Constant of(Object value) {
        return new Constant(Arguments.toTensor(requireNonNull(value, "value is null")));
    }

    /** The value itself. */
    public Tensor value() {
        return value;
    }

    @Override
    public String toString() {
        return "Constant(" + value + ")";
    }
}
