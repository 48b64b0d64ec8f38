package io.riffle.sim;

import java.util.List;

/**
 * Where the values of a stream's state stand in its array: a module's own states in the order of their declaration,
 * then those of its sub-modules in theirs.
 */
public record StateLayout(List<Entry> entries) {
    /** One state: its path, such as {@code 1_LIF.vmem}, and its shape. */
    public record Entry(String path, Shape shape) {}

    public StateLayout {
        entries = List.copyOf(entries);
    }

    /** How many values one stream's state has. */
    public int count() {
        return entries.stream().mapToInt(entry -> entry.shape().count()).sum();
    }
}
