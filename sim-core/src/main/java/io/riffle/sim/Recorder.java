package io.riffle.sim;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Collects what was asked for while a module evolves: nothing, everything, or the named paths, such as
 * {@code 1_LIF.vmem}, or {@code 1_LIF} for all that this module records. Records are named as in Rockpool; a combinator
 * adds {@code {name}_output} for its children.
 */
public final class Recorder {
    /** Records nothing. */
    public static final Recorder NONE = new Recorder("", Set.of(), false);

    private final String prefix;
    private final Set<String> paths;
    private final boolean everything;
    private final Map<String, Object> records = new LinkedHashMap<>();

    private Recorder(String prefix, Set<String> paths, boolean everything) {
        this.prefix = prefix;
        this.paths = paths;
        this.everything = everything;
    }

    /** Records everything that the modules offer. */
    public static Recorder all() {
        return new Recorder("", Set.of(), true);
    }

    /** Records what these paths name, if it is there; {@link Module#recorder} also checks that it is. */
    public static Recorder only(Collection<String> paths) {
        return paths.isEmpty() ? NONE : new Recorder("", Set.copyOf(paths), false);
    }

    /** Whether a record of this name is asked for: ask before computing what only a record needs. */
    public boolean wants(String name) {
        return everything || (!paths.isEmpty() && asked(prefix + name));
    }

    private boolean asked(String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('.', end - 1)) {
            if (paths.contains(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    /** Keeps the value if it is asked for, and returns it. */
    public Tensor record(String name, Tensor value) {
        if (wants(name) && records.put(name, value) instanceof Recorder) {
            throw taken(name);
        }
        return value;
    }

    /** Keeps the output of one of the modules of a combinator, as {@code {module}_output}. */
    public Tensor recordOutput(String module, Tensor value) {
        return this == NONE ? value : record(module + "_output", value);
    }

    /** The recorder of a sub-module. */
    public Recorder of(String child) {
        if (!everything && paths.isEmpty()) {
            return NONE;
        }
        Object found = records.computeIfAbsent(child, name -> new Recorder(prefix + name + ".", paths, everything));
        if (found instanceof Recorder recorder) {
            return recorder;
        }
        throw taken(child);
    }

    private RiffleException taken(String name) {
        return new RiffleException("'%s' is both a record and a module, expected two names".formatted(prefix + name));
    }

    /** An empty recorder of the same, for modules that evolve others step by step within a call. */
    public Recorder again() {
        return !everything && paths.isEmpty() ? NONE : new Recorder(prefix, paths, everything);
    }

    /** What was recorded so far. */
    public Tree tree() {
        Tree.Builder tree = Tree.builder();
        records.forEach((name, value) -> {
            Object entry = value instanceof Recorder recorder ? recorder.tree() : value;
            if (everything || !(entry instanceof Tree inner && inner.isEmpty())) {
                tree.put(name, entry);
            }
        });
        return tree.build();
    }
}
