package io.riffle.operators.sequence;

import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is done about steps that do not come within the horizon. */
public enum GapPolicy {
    /** The stream waits for them as long as it takes; what comes behind the horizon is rejected. */
    WAIT,
    /** The network is given zeros in their place. */
    ZEROS,
    /** The network is given the values of the last step before them in their place. */
    HOLD,
    /** They are left out, and the state starts anew behind them. */
    RESET,
    /** What waited for them is rejected, and the stream goes on waiting. */
    REJECT;

    /** @throws RiffleException if there is no such policy */
    public static GapPolicy ofText(String text) {
        for (GapPolicy policy : values()) {
            if (policy.toString().equals(text)) {
                return policy;
            }
        }
        List<String> known = Stream.of(values()).map(GapPolicy::toString).toList();
        throw new RiffleException(
                "got gap policy '%s', expected one of %s%s".formatted(text, known, Names.hint(text, known)));
    }

    /** Whether the stream goes on without the missing steps. */
    boolean goesOn() {
        return this == ZEROS || this == HOLD || this == RESET;
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
