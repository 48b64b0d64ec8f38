package io.riffle.sim;

import java.util.function.Supplier;

/**
 * A value computed from a module's attributes, such as a decay factor from a time constant: computed once, and again
 * after an attribute was set.
 */
public final class Derived<T> implements Supplier<T> {
    private final Supplier<T> rule;
    private T value;

    Derived(Supplier<T> rule) {
        this.rule = rule;
    }

    @Override
    public T get() {
        T known = value;
        if (known == null) {
            known = rule.get();
            value = known;
        }
        return known;
    }

    void forget() {
        value = null;
    }
}
