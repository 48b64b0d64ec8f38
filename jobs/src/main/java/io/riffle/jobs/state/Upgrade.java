package io.riffle.jobs.state;

import io.riffle.operators.ModuleStates;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which stored module each module of a network goes on with. A module goes on with the stored one of its own name, unless
 * somebody declared something else; whatever then is left over on either side, or does not fit, is refused, because a
 * guess could give a stream the state of another module. Modules that remember nothing come and go as they like.
 */
final class Upgrade {
    /** By modules of the network: the stored modules they go on with. */
    private final Map<String, String> continued;

    private final boolean leavesSomeBehind;
    private final List<String> remarks;

    private Upgrade(Map<String, String> continued, boolean leavesSomeBehind, List<String> remarks) {
        this.continued = continued;
        this.leavesSomeBehind = leavesSomeBehind;
        this.remarks = remarks;
    }

    /**
     * Decides.
     *
     * @param source the savepoint, for messages
     * @throws RiffleException if it takes a declaration, or one makes no sense
     */
    static Upgrade of(String source, List<StoredModule> stored, List<ModuleStates> network, UpgradeWishes wishes) {
        Map<String, StoredModule> storedByName = new LinkedHashMap<>();
        stored.forEach(module -> storedByName.put(module.name(), module));
        Map<String, ModuleStates> networkByName = new LinkedHashMap<>();
        network.forEach(module -> networkByName.put(module.operator(), module));
        checkNames(source, wishes, storedByName.keySet(), networkByName.keySet());

        Map<String, String> continued = new LinkedHashMap<>();
        wishes.keep().forEach((old, now) -> continued.put(now, old));
        for (String name : networkByName.keySet()) {
            boolean declared = continued.containsKey(name) || wishes.fresh().contains(name);
            boolean taken = wishes.keep().containsKey(name) || wishes.drop().contains(name);
            if (!declared && !taken && storedByName.containsKey(name)) {
                continued.put(name, name);
            }
        }
        Set<String> fresh = new LinkedHashSet<>(networkByName.keySet());
        fresh.removeAll(continued.keySet());
        Set<String> dropped = new LinkedHashSet<>(storedByName.keySet());
        dropped.removeAll(continued.values());

        new Leftovers(source, storedByName, networkByName, wishes).refuse(fresh, dropped);
        continued.forEach((now, old) -> refuseUnlessFits(source, storedByName.get(old), networkByName.get(now)));
        fresh.removeIf(name -> networkByName.get(name).layout().entries().isEmpty());
        Set<String> left = new LinkedHashSet<>(dropped);
        left.removeIf(name -> storedByName.get(name).layout().entries().isEmpty());
        return new Upgrade(continued, !dropped.isEmpty(), remarks(continued, fresh, left));
    }

    private static List<String> remarks(Map<String, String> continued, Set<String> fresh, Set<String> left) {
        List<String> remarks = new ArrayList<>();
        continued.forEach((now, old) -> {
            if (!now.equals(old)) {
                remarks.add("%s goes on as %s".formatted(old, now));
            }
        });
        fresh.forEach(name -> remarks.add("%s starts anew".formatted(name)));
        left.stream()
                .filter(name -> !fresh.contains(name))
                .forEach(name -> remarks.add("the state of %s is left behind".formatted(name)));
        return List.copyOf(remarks);
    }

    private static void checkNames(String source, UpgradeWishes wishes, Set<String> stored, Set<String> network) {
        wishes.keep().keySet().forEach(name -> checkName("--keep", name, "stored in " + source, stored));
        wishes.drop().forEach(name -> checkName("--drop", name, "stored in " + source, stored));
        wishes.keep().values().forEach(name -> checkName("--keep", name, "of the network", network));
        wishes.fresh().forEach(name -> checkName("--fresh", name, "of the network", network));
        Set<String> kept = new HashSet<>();
        wishes.keep().forEach((old, now) -> {
            if (!kept.add(now)) {
                throw new RiffleException("--keep gives module %s two stored states, expected one".formatted(now));
            }
            if (wishes.fresh().contains(now)) {
                throw new RiffleException("module %s is both in --keep %s=%s and in --fresh, expected one of them"
                        .formatted(now, old, now));
            }
            if (wishes.drop().contains(old)) {
                throw new RiffleException("the stored module %s is both in --keep %s=%s and in --drop, expected one"
                                .formatted(old, old, now)
                        + " of them");
            }
        });
    }

    private static void checkName(String option, String name, String where, Collection<String> known) {
        if (!known.contains(name)) {
            throw new RiffleException(
                    "%s names '%s', which is no module %s%s".formatted(option, name, where, Names.hint(name, known)));
        }
    }

    private static void refuseUnlessFits(String source, StoredModule stored, ModuleStates now) {
        if (!now.continues(stored.layout())) {
            throw new RiffleException("module %s of the network has the state %s, but %s has %s %s; %s"
                    .formatted(
                            now.operator(),
                            ModuleStates.text(now.layout()),
                            source,
                            stored.name(),
                            ModuleStates.text(stored.layout()),
                            "--fresh %s%s starts it anew"
                                    .formatted(
                                            now.operator(),
                                            stored.name().equals(now.operator()) ? "" : " --drop " + stored.name())));
        }
    }

    /** What is on one side only, and what could be said about it. */
    private record Leftovers(
            String source, Map<String, StoredModule> stored, Map<String, ModuleStates> network, UpgradeWishes wishes) {

        private void refuse(Set<String> fresh, Set<String> dropped) {
            List<String> unknown = fresh.stream()
                    .filter(name -> !wishes.fresh().contains(name))
                    .filter(name -> !network.get(name).layout().entries().isEmpty())
                    .toList();
            List<String> unused = dropped.stream()
                    .filter(name -> !wishes.drop().contains(name))
                    // who wants a module to start anew has said enough about what is stored for it
                    .filter(name -> !wishes.fresh().contains(name))
                    .filter(name -> !stored.get(name).layout().entries().isEmpty())
                    .toList();
            if (unknown.isEmpty() && unused.isEmpty()) {
                return;
            }
            List<String> sides = new ArrayList<>();
            if (!unused.isEmpty()) {
                sides.add("%s has the state of %s, which the network %s"
                        .formatted(
                                source,
                                String.join(", ", unused),
                                network.keySet().containsAll(unused) ? "does not go on with" : "does not have"));
            }
            if (!unknown.isEmpty()) {
                sides.add("the network has %s, whose state %s does not have"
                        .formatted(String.join(", ", unknown), unused.isEmpty() ? source : "it"));
            }
            throw new RiffleException("%s; say %s".formatted(String.join(", and ", sides), advice(unknown, unused)));
        }

        private String advice(List<String> unknown, List<String> unused) {
            List<String> keeps = new ArrayList<>();
            List<String> freshOnes = new ArrayList<>(unknown);
            List<String> drops = new ArrayList<>(unused);
            for (String old : unused) {
                Optional<String> heir = freshOnes.stream()
                        .filter(now ->
                                network.get(now).continues(stored.get(old).layout()))
                        .findFirst();
                heir.ifPresent(now -> {
                    keeps.add("--keep %s=%s".formatted(old, now));
                    freshOnes.remove(now);
                    drops.remove(old);
                });
            }
            List<String> all = new ArrayList<>();
            unknown.forEach(name -> all.add("--fresh " + name));
            unused.forEach(name -> all.add("--drop " + name));
            if (keeps.isEmpty()) {
                return String.join(" ", all) + " to go on without it";
            }
            freshOnes.forEach(name -> keeps.add("--fresh " + name));
            drops.forEach(name -> keeps.add("--drop " + name));
            return "%s to go on with it, or %s to go on without it"
                    .formatted(String.join(" ", keeps), String.join(" ", all));
        }
    }

    /** Whether every module goes on under the name that it is stored by, and nothing is left behind. */
    boolean changesNothing() {
        return !leavesSomeBehind
                && continued.entrySet().stream()
                        .allMatch(entry -> entry.getKey().equals(entry.getValue()));
    }

    /** The module of the network that goes on with a stored one. */
    Optional<String> heirOf(String storedModule) {
        return continued.entrySet().stream()
                .filter(entry -> entry.getValue().equals(storedModule))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** What is not simply as before: {@code 1_LIF goes on as 2_LIF}. */
    List<String> remarks() {
        return remarks;
    }
}
