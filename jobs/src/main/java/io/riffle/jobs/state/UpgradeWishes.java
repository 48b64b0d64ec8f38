package io.riffle.jobs.state;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;

/**
 * What somebody declared of modules that differ between a savepoint and a network.
 *
 * @param keep stored modules, and those of the network that go on with their states
 * @param fresh modules of the network that start with their initial state
 * @param drop stored modules whose states are left behind
 */
public record UpgradeWishes(Map<String, String> keep, Set<String> fresh, Set<String> drop) {
    public static final UpgradeWishes NONE = new UpgradeWishes(Map.of(), Set.of(), Set.of());

    public UpgradeWishes {
        requireNonNull(keep, "keep is null");
        keep = Map.copyOf(keep);
        fresh = Set.copyOf(fresh);
        drop = Set.copyOf(drop);
    }
}
