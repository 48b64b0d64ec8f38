package io.riffle.sim;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How the network is computed: the time-step dt, the deviation of a noise, the name of an activation function.
 *
 * @param <T> Double, Long, Boolean, String or Tensor
 */
public final class SimulationParameter<T> extends Attribute {
    private T value;

    private SimulationParameter(T value) {
        this.value = value;
    }

    public static SimulationParameter<Double> of(double value) {
        return new SimulationParameter<>(value);
    }

    public static SimulationParameter<Long> of(long value) {
        return new SimulationParameter<>(value);
    }

    public static SimulationParameter<Boolean> of(boolean value) {
        return new SimulationParameter<>(value);
    }

    public static SimulationParameter<String> of(String value) {
        return new SimulationParameter<>(requireNonNull(value, "value is null"));
    }

    public static SimulationParameter<Tensor> of(Tensor value) {
        return new SimulationParameter<>(requireNonNull(value, "value is null"));
    }

    public T value() {
        return value;
    }

    /** The change to another value of the same kind; checked now, done when run. */
    @SuppressWarnings("unchecked") // the new value is of the class of the old one, which is T
    Runnable change(Object next, String where) {
        Object converted = next;
        if (value instanceof Double && next instanceof Number number) {
            converted = number.doubleValue();
        } else if (value instanceof Double
                && next instanceof Tensor tensor
                && tensor.shape().rank() == 0) {
            converted = (double) tensor.get();
        } else if (value instanceof Long
                && next instanceof Number number
                && number.doubleValue() == number.longValue()) {
            converted = number.longValue();
        }
        if (!value.getClass().isInstance(converted)) {
            throw new RiffleException("%s is to be set to %s, expected a %s"
                    .formatted(where, next, value.getClass().getSimpleName()));
        }
        T checked = (T) converted;
        return () -> value = checked;
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
