package io.riffle.sim.nir.nodes;

import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Whose reading of a NIR graph is meant: the libraries that write and read these files compute different things with the
 * same numbers. {@code docs/nir.md} has the table.
 */
public enum Semantics {
    /** NIR's own equations, forward Euler. */
    NIR,
    /** As Norse reads it. */
    NORSE,
    /** As snnTorch reads it. */
    SNNTORCH,
    /** As Sinabs reads it. */
    SINABS,
    /** As Rockpool reads it: a network of Rockpool's own modules. */
    ROCKPOOL;

    /** @throws RiffleException if there is none of this name */
    public static Semantics of(String name) {
        List<String> known = Arrays.stream(values()).map(Semantics::toString).toList();
        if (!known.contains(name.toLowerCase(Locale.ROOT))) {
            throw new RiffleException("there are no semantics '%s'%s".formatted(name, Names.hint(name, known)));
        }
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
