package io.riffle.sim;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How the network is computed: the time-step dt, the deviation of a noise, the name of an activation function.
 *
 * @param <T> Double, Long, Boolean, String or Tensor
 */
public final class SimulationParameter<T> extends Attribute {
    private final boolean fixed;
    private T value;

    private SimulationParameter(T value, boolean fixed) {
        this.value = value;
        this.fixed = fixed;
    }

    public static SimulationParameter<Double> of(double value) {
        return new SimulationParameter<>(value, false);
    }

    public static SimulationParameter<Long> of(long value) {
        return new SimulationParameter<>(value, false);
    }

    public static SimulationParameter<Boolean> of(boolean value) {
        return new SimulationParameter<>(value, false);
    }

    public static SimulationParameter<String> of(String value) {
        return new SimulationParameter<>(requireNonNull(value, "value is null"), false);
    }

    public static SimulationParameter<Tensor> of(Tensor value) {
        return new SimulationParameter<>(requireNonNull(value, "value is null"), false);
    }

    /** Decided when the module is constructed: setting it is an error. */
    public SimulationParameter<T> fixed() {
        return new SimulationParameter<>(value, true);
    }

    public T value() {
        return value;
    }

    /** The other value as one of the same kind. */
    Object checked(Object next, String where) {
        if (fixed) {
            throw new RiffleException(
                    "%s cannot be set, it is decided when the module is constructed".formatted(where));
        }
        Object converted = next;
        if (value instanceof Double && next instanceof Number number) {
            converted = number.doubleValue();
        } else if (value instanceof Double
                && next instanceof Tensor tensor
                && tensor.shape().rank() == 0) {
            converted = tensor.decimal();
        } else if (value instanceof Long
                && next instanceof Number number
                && number.doubleValue() == number.longValue()) {
            converted = number.longValue();
        }
        if (!value.getClass().isInstance(converted)) {
            throw new RiffleException("%s is to be set to %s, expected %s".formatted(where, next, kindOfValue()));
        }
        return converted;
    }

    @SuppressWarnings("unchecked") // checked(..) gives the class of the old value, which is T
    void set(Object checked) {
        value = (T) checked;
    }

    private String kindOfValue() {
        if (value instanceof Double) {
            return "a number";
        } else if (value instanceof Long) {
            return "a whole number";
        } else if (value instanceof Boolean) {
            return "true or false";
        }
        return value instanceof String ? "a text" : "a tensor";
    }

    @Override
    public Kind kind() {
        return Kind.SIMULATION_PARAMETER;
    }

    @Override
    public Optional<Family> family() {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "SimulationParameter(" + value + ")";
    }
}
