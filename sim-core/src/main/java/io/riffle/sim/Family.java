package io.riffle.sim;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What a parameter is for: weights, time constants, biases, thresholds. Compared by value; the singular and the plural
 * that Rockpool's modules use side by side ({@code bias}, {@code biases}) are the same family.
 */
public final class Family {
    public static final Family WEIGHTS = new Family("weights");
    public static final Family TAUS = new Family("taus");
    public static final Family BIASES = new Family("bias");
    public static final Family THRESHOLDS = new Family("threshold");
    public static final Family DECAYS = new Family("decays");
    public static final Family BITSHIFTS = new Family("bitshifts");

    private static final Map<String, String> PLURALS = Map.of(
            "weight", "weights",
            "tau", "taus",
            "bias", "biases",
            "threshold", "thresholds",
            "decay", "decays",
            "bitshift", "bitshifts");

    private final String name;

    private Family(String name) {
        this.name = name;
    }

    /** A family of any name. */
    public static Family of(String name) {
        return new Family(requireNonNull(name, "name is null"));
    }

    public String name() {
        return name;
    }

    private String plural() {
        return PLURALS.getOrDefault(name, name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Family family && plural().equals(family.plural());
    }

    @Override
    public int hashCode() {
        return plural().hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
