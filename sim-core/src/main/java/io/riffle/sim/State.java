package io.riffle.sim;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a network remembers from one time-step to the next: a membrane potential, a synaptic current.
 *
 * <p>This is the declaration. The values are not in the module but in a {@link ModuleState}, one for each stream, so
 * that one module serves millions of streams.
 */
public final class State extends Attribute {
    private final Shape shape;
    private final Init init;
    private final int offset;

    private State(Shape shape, Init init, int offset) {
        this.shape = shape;
        this.init = init;
        this.offset = offset;
    }

    /** A state of this shape for each stream; starts as zeros. */
    public static State withShape(Shape shape) {
        return new State(requireNonNull(shape, "shape is null"), Init.zeros(), -1);
    }

    public State init(Init by) {
        return new State(shape, requireNonNull(by, "by is null"), offset);
    }

    /** A handle of a module's own, which knows its place in the module's values. */
    State registered(int at) {
        return new State(shape, init, at);
    }

    public Shape shape() {
        return shape;
    }

    /** Where its values start within those of its module. */
    int offset() {
        return offset;
    }

    Tensor initial(String where) {
        Tensor made = init.create(shape);
        if (!made.shape().equals(shape)) {
            throw new RiffleException(
                    "%s: its init gave the shape %s, expected %s".formatted(where, made.shape(), shape));
        }
        return made;
    }

    @Override
    public Kind kind() {
        return Kind.STATE;
    }

    @Override
    public Optional<Family> family() {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "State(shape=%s)".formatted(shape);
    }
}
