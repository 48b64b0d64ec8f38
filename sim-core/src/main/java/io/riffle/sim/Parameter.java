package io.riffle.sim;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What the network is: a weight, a time constant, a bias, a threshold.
 *
 * <p>{@code Parameter.of(data)} gives the value itself, {@code Parameter.withShape(shape).init(..)} makes one. The
 * builder methods return new parameters; {@link Module#parameter} registers a copy and returns it as the module's own
 * handle, whose {@link #value} changes only by {@link Module#setAttributes} and {@link Module#resetParameters}.
 */
public final class Parameter extends Attribute {
    private final Tensor data;
    private final Init init;
    private final List<Shape> shapes;
    private final Family family;
    private final boolean permitReshape;
    private final boolean constant;
    private Tensor value;

    private Parameter(
            Tensor data, Init init, List<Shape> shapes, Family family, boolean permitReshape, boolean constant) {
        this.data = data;
        this.init = init;
        this.shapes = shapes;
        this.family = family;
        this.permitReshape = permitReshape;
        this.constant = constant;
    }

    /** A parameter with a concrete value: a number, an array, a nested array, a {@link Tensor} or a {@link Constant}. */
    public static Parameter of(Object data) {
        requireNonNull(data, "data is null");
        boolean constant = data instanceof Constant;
        Tensor tensor = Arguments.toTensor(data);
        return new Parameter(tensor, null, List.of(tensor.shape()), null, false, constant);
    }

    /** A parameter of the first of these shapes; the others are permitted for given data. Starts as zeros. */
    public static Parameter withShape(Shape first, Shape... alternatives) {
        List<Shape> shapes = new java.util.ArrayList<>();
        shapes.add(requireNonNull(first, "first is null"));
        shapes.addAll(List.of(alternatives));
        return new Parameter(null, Init.zeros(), List.copyOf(shapes), null, false, false);
    }

    /** The shapes that the data may have, the first being preferred. */
    public Parameter shape(Shape first, Shape... alternatives) {
        return new Parameter(data, init, withShape(first, alternatives).shapes, family, permitReshape, constant);
    }

    public Parameter family(Family of) {
        return new Parameter(data, init, shapes, of, permitReshape, constant);
    }

    public Parameter init(Init by) {
        return new Parameter(data, requireNonNull(by, "by is null"), shapes, family, permitReshape, constant);
    }

    /**
     * Lets data of the right count but another shape be reshaped row by row, as Rockpool always does. Without this only
     * (N,), (N, 1) and (1, N) stand for each other, because everything else could scramble a matrix unseen.
     */
    public Parameter permitReshape() {
        return new Parameter(data, init, shapes, family, true, constant);
    }

    /** Not to be trained or changed: it counts as a simulation parameter. */
    public Parameter constant() {
        return new Parameter(data, init, shapes, family, permitReshape, true);
    }

    /** A handle of a module's own, holding the initial value. */
    Parameter registered(String where) {
        Parameter own = new Parameter(data, init, shapes, family, permitReshape, constant);
        own.value = own.initial(where);
        return own;
    }

    private Tensor initial(String where) {
        if (data == null) {
            Tensor made = init.create(shapes.get(0));
            if (!made.shape().equals(shapes.get(0))) {
                throw new RiffleException(
                        "%s: its init gave the shape %s, expected %s".formatted(where, made.shape(), shapes.get(0)));
            }
            return finite(made, where);
        }
        return finite(data.reshape(resolve(data.shape(), where).toArray()), where);
    }

    private Shape resolve(Shape given, String where) {
        if (shapes.contains(given)) {
            return given;
        }
        for (Shape shape : shapes) {
            boolean fits = permitReshape ? shape.count() == given.count() : shape.sameButForOnes(given);
            if (fits) {
                return shape;
            }
        }
        StringJoiner expected = new StringJoiner(" or ");
        shapes.forEach(shape -> expected.add(shape.toString()));
        throw new RiffleException("%s has the shape %s, expected %s".formatted(where, given, expected));
    }

    private static Tensor finite(Tensor tensor, String where) {
        if (!tensor.isFinite()) {
            throw new RiffleException("%s holds a value that is not finite, expected numbers".formatted(where));
        }
        return tensor;
    }

    /** The value as it may be set: of exactly the shape that was accepted at first. */
    Tensor checked(Tensor next, String where) {
        if (!next.shape().equals(value.shape())) {
            throw new RiffleException(
                    "%s is to be set to the shape %s, expected %s".formatted(where, next.shape(), value.shape()));
        }
        return finite(next, where);
    }

    void set(Tensor checked) {
        value = checked;
    }

    void reset(String where) {
        value = initial(where);
    }

    /** The value now; before registration the initial one. */
    public Tensor value() {
        return value == null ? initial("a parameter") : value;
    }

    public Shape shape() {
        return value().shape();
    }

    @Override
    public Kind kind() {
        return constant ? Kind.SIMULATION_PARAMETER : Kind.PARAMETER;
    }

    @Override
    public Optional<Family> family() {
        return Optional.ofNullable(family);
    }

    @Override
    public String toString() {
        return "Parameter(shape=%s, family=%s)".formatted(shape(), family);
    }
}
