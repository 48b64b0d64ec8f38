package io.riffle.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Nested named values in the order of the modules: what {@code parameters()}, {@code state()} and a record give. A leaf
 * is a {@link Tensor}, a number, a truth value or a text. Immutable.
 */
public final class Tree {
    private final Map<String, Object> entries;

    private Tree(Map<String, Object> entries) {
        this.entries = entries;
    }

    public static Tree empty() {
        return new Tree(Map.of());
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A tree of one leaf; add more with {@link #with}. */
    public static Tree of(String path, Object leaf) {
        return empty().with(path, leaf);
    }

    /** This tree with one leaf more, or another one in its place. */
    public Tree with(String path, Object leaf) {
        int dot = path.indexOf('.');
        Map<String, Object> copy = new LinkedHashMap<>(entries);
        if (dot < 0) {
            copy.put(path, normal(leaf));
        } else {
            String head = path.substring(0, dot);
            Tree inner = copy.get(head) instanceof Tree tree ? tree : empty();
            copy.put(head, inner.with(path.substring(dot + 1), leaf));
        }
        return new Tree(Collections.unmodifiableMap(copy));
    }

    private static Object normal(Object leaf) {
        return leaf instanceof Tree || leaf instanceof Boolean || leaf instanceof String || leaf instanceof Number
                ? leaf
                : Arguments.toTensor(leaf);
    }

    public Set<String> names() {
        return entries.keySet();
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    public boolean has(String path) {
        return find(path) != null;
    }

    /** The leaf or the inner tree at a path such as {@code 1_LIF.vmem}. */
    public Object get(String path) {
        Object found = find(path);
        if (found == null) {
            throw new RiffleException("no '%s' here, expected one of %s".formatted(path, paths()));
        }
        return found;
    }

    private Object find(String path) {
        Object whole = entries.get(path);
        int dot = path.indexOf('.');
        if (whole != null || dot < 0) {
            return whole;
        }
        return entries.get(path.substring(0, dot)) instanceof Tree tree ? tree.find(path.substring(dot + 1)) : null;
    }

    public Tensor tensor(String path) {
        if (get(path) instanceof Tensor tensor) {
            return tensor;
        }
        throw new RiffleException("'%s' is %s, expected a tensor".formatted(path, get(path)));
    }

    public Tree tree(String path) {
        if (get(path) instanceof Tree tree) {
            return tree;
        }
        throw new RiffleException("'%s' is %s, expected more names below it".formatted(path, get(path)));
    }

    /** Visits every leaf with its path, in order. */
    public void forEachLeaf(BiConsumer<String, Object> visitor) {
        visit("", visitor);
    }

    private void visit(String prefix, BiConsumer<String, Object> visitor) {
        entries.forEach((name, value) -> {
            if (value instanceof Tree tree) {
                tree.visit(prefix + name + ".", visitor);
            } else {
                visitor.accept(prefix + name, value);
            }
        });
    }

    /** The paths of all leaves, in order. */
    public Set<String> paths() {
        Map<String, Object> leaves = new LinkedHashMap<>();
        forEachLeaf(leaves::put);
        return Collections.unmodifiableSet(leaves.keySet());
    }

    /** The values of all leaves, in order; {@link #withLeaves} puts such values back into their places. */
    public List<Object> leaves() {
        List<Object> leaves = new ArrayList<>();
        forEachLeaf((path, leaf) -> leaves.add(leaf));
        return leaves;
    }

    /**
     * A tree of the same names with other values: with an optimiser's, for instance, who knows lists and not names. So
     * {@code tree.withLeaves(tree.leaves())} equals the tree.
     *
     * @param leaves as many as {@link #leaves} gives, in the same order
     */
    public Tree withLeaves(List<?> leaves) {
        int expected = leaves().size();
        if (leaves.size() != expected) {
            throw new RiffleException("%d values are given for a tree of %d leaves".formatted(leaves.size(), expected));
        }
        return filled(leaves.iterator());
    }

    private Tree filled(Iterator<?> leaves) {
        Builder tree = builder();
        entries.forEach(
                (name, value) -> tree.put(name, value instanceof Tree inner ? inner.filled(leaves) : leaves.next()));
        return tree.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tree tree && entries.equals(tree.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return entries.toString();
    }

    /** Collects the entries of one level. */
    public static final class Builder {
        private final Map<String, Object> entries = new LinkedHashMap<>();

        private Builder() {}

        public Builder put(String name, Object value) {
            entries.put(name, normal(value));
            return this;
        }

        public Tree build() {
            return new Tree(Collections.unmodifiableMap(new LinkedHashMap<>(entries)));
        }
    }
}
