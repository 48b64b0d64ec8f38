package io.riffle.sim;

import java.util.Map;
import java.util.function.BiPredicate;

/** Collects the values of attributes out of a module and its sub-modules. */
final class AttributeTree {
    private AttributeTree() {}

    /** All of one kind; a module that has none is an empty tree. */
    static Tree ofKind(Module module, Attribute.Kind kind) {
        return collect(module, (name, attribute) -> attribute.kind() == kind, true);
    }

    /** All that are wanted, by name and attribute; a module that has none does not show. */
    static Tree where(Module module, BiPredicate<String, Attribute> wanted) {
        return collect(module, wanted, false);
    }

    private static Tree collect(Module module, BiPredicate<String, Attribute> wanted, boolean keepEmpty) {
        Tree.Builder tree = Tree.builder();
        for (Map.Entry<String, Attribute> entry : module.attributes().entrySet()) {
            if (wanted.test(entry.getKey(), entry.getValue())) {
                tree.put(entry.getKey(), valueOf(module, entry.getValue()));
            }
        }
        for (Map.Entry<String, Module> entry : module.modules().entrySet()) {
            Tree inner = collect(entry.getValue(), wanted, keepEmpty);
            if (keepEmpty || !inner.isEmpty()) {
                tree.put(entry.getKey(), inner);
            }
        }
        return tree.build();
    }

    private static Object valueOf(Module module, Attribute attribute) {
        if (attribute instanceof Parameter parameter) {
            return parameter.value();
        } else if (attribute instanceof State state) {
            return module.ownState().tensor(state);
        }
        return ((SimulationParameter<?>) attribute).value();
    }
}
