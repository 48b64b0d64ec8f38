package io.riffle.sim;

import java.util.ArrayList;
import java.util.List;

/** Changes of attributes that were checked before the first of them is made, so that a wrong one changes nothing. */
final class AttributeChanges {
    private final List<Change> changes = new ArrayList<>();

    private AttributeChanges() {}

    private record Change(Runnable make, Runnable undo) {}

    /** Checks names, shapes and values; changes nothing yet. */
    static AttributeChanges plan(Module module, Tree values) {
        AttributeChanges planned = new AttributeChanges();
        planned.add(module, values);
        return planned;
    }

    void make() {
        changes.forEach(change -> change.make().run());
    }

    void undo() {
        changes.forEach(change -> change.undo().run());
    }

    private void add(Module module, Tree values) {
        for (String target : values.names()) {
            Object value = values.get(target);
            String at = module.where() + ": " + target;
            if (module.modules().containsKey(target)) {
                if (!(value instanceof Tree inner)) {
                    throw new RiffleException(
                            "%s is a module and is to be set to %s, expected names below it".formatted(at, value));
                }
                add(module.modules().get(target), inner);
            } else if (module.attributes().containsKey(target)) {
                changes.add(change(module, module.attributes().get(target), value, at));
            } else {
                List<String> known = new ArrayList<>(module.attributes().keySet());
                known.addAll(module.modules().keySet());
                throw new RiffleException(
                        "%s has no attribute '%s'%s".formatted(module.where(), target, Names.hint(target, known)));
            }
        }
    }

    private static Change change(Module module, Attribute attribute, Object value, String at) {
        if (attribute instanceof Parameter parameter) {
            Tensor before = parameter.value();
            Tensor next = parameter.checked(tensor(value, at), at);
            return new Change(() -> parameter.set(next), () -> parameter.set(before));
        } else if (attribute instanceof State state) {
            ModuleState states = module.ownState();
            Tensor before = states.tensor(state);
            Tensor next = checked(states, state, tensor(value, at), at);
            return new Change(() -> states.set(state, next), () -> states.set(state, before));
        }
        SimulationParameter<?> parameter = (SimulationParameter<?>) attribute;
        Object before = parameter.value();
        Object next = parameter.checked(value, at);
        return new Change(() -> parameter.set(next), () -> parameter.set(before));
    }

    private static Tensor tensor(Object value, String at) {
        if (value instanceof Tensor tensor) {
            return tensor;
        } else if (value instanceof Number number) {
            return Tensor.scalar(number.doubleValue());
        }
        throw new RiffleException("%s is to be set to %s, expected a tensor".formatted(at, value));
    }

    private static Tensor checked(ModuleState states, State state, Tensor next, String at) {
        Shape one = state.shape();
        Shape each = one.within(states.batch());
        if (!next.shape().equals(one) && !next.shape().equals(each)) {
            throw new RiffleException(
                    "%s is to be set to the shape %s, expected %s or %s".formatted(at, next.shape(), one, each));
        }
        return next;
    }
}
