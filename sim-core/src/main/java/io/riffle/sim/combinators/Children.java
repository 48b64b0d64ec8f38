package io.riffle.sim.combinators;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The modules that a combinator is made of, with their names: {@code 0_Linear}, {@code 1_LIF}, or given ones. */
final class Children {
    private final String combinator;
    private final Map<String, Module> modules = new LinkedHashMap<>();

    private Children(String combinator) {
        this.combinator = combinator;
    }

    static Children numbered(String combinator, List<Module> modules) {
        Children children = new Children(combinator);
        for (Module module : modules) {
            children.add(children.modules.size() + "_" + module.className(), module);
        }
        return children;
    }

    /** From the arguments {@code modules} and, optionally, {@code names}. */
    static Children of(String combinator, Arguments arguments) {
        if (arguments.has("shape")) {
            throw new RiffleException("%s has no argument 'shape', it follows from its modules".formatted(combinator));
        }
        List<Module> modules = arguments.list("modules", Module.class);
        if (!arguments.has("names")) {
            return numbered(combinator, modules);
        }
        List<String> names = arguments.list("names", String.class);
        if (names.size() != modules.size()) {
            throw new RiffleException("%s: %s given for %s, expected one for each"
                    .formatted(combinator, Names.count(names.size(), "name"), Names.count(modules.size(), "module")));
        }
        Children children = new Children(combinator);
        for (int i = 0; i < names.size(); i++) {
            children.add(names.get(i), modules.get(i));
        }
        return children;
    }

    private void add(String name, Module module) {
        if (modules.put(name, module) != null) {
            throw new RiffleException("%s: the name '%s' is given to two modules".formatted(combinator, name));
        }
    }

    /** The arguments from which {@link #of} makes the same children. */
    static Arguments toArguments(Map<String, Module> modules) {
        List<Module> all = List.copyOf(modules.values());
        Arguments arguments = Arguments.none().with("modules", all);
        List<String> names = new ArrayList<>(modules.keySet());
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).equals(i + "_" + all.get(i).className())) {
                return arguments.with("names", names);
            }
        }
        return arguments;
    }

    Map<String, Module> modules() {
        return modules;
    }

    Children atLeast(int count) {
        if (modules.size() < count) {
            throw new RiffleException("%s: %s given, expected at least %d"
                    .formatted(combinator, Names.count(modules.size(), "module"), count));
        }
        return this;
    }

    /** Refuses modules of which one does not take what the one before it gives. */
    Children fitting() {
        Map.Entry<String, Module> before = null;
        for (Map.Entry<String, Module> next : modules.entrySet()) {
            if (before != null && before.getValue().sizeOut() != next.getValue().sizeIn()) {
                throw new RiffleException("%s: '%s' gives %s, but '%s' takes %d"
                        .formatted(
                                combinator,
                                before.getKey(),
                                Names.count(before.getValue().sizeOut(), "channel"),
                                next.getKey(),
                                next.getValue().sizeIn()));
            }
            before = next;
        }
        return this;
    }

    Shape shape() {
        return Shape.of(first().sizeIn(), last().sizeOut());
    }

    Module first() {
        return modules.values().iterator().next();
    }

    Module last() {
        List<Module> all = List.copyOf(modules.values());
        return all.get(all.size() - 1);
    }
}
