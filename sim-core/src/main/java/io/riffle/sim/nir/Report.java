package io.riffle.sim.nir;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was assumed while a file was read, in lines. */
final class Report {
    private final Set<String> lines = new LinkedHashSet<>();

    void say(String line) {
        lines.add(line);
    }

    void warn(String line) {
        lines.add("warning: " + line);
    }

    List<String> lines() {
        return new ArrayList<>(lines);
    }
}
