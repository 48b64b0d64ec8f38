package io.riffle.sim;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Helps with the words of messages: misspelt names, and how many of something. */
public final class Names {
    private Names() {}

    /** {@code , did you mean 'tau_mem'?} or, where nothing is near, {@code , expected one of [..]}. */
    public static String hint(String name, Collection<String> known) {
        return nearest(name, known)
                .map(", did you mean '%s'?"::formatted)
                .orElse(known.isEmpty() ? ", expected none" : ", expected one of " + known);
    }

    /** The known name that is the fewest edits away from this one, if it is near enough to be meant. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .filter(candidate -> distance(name, candidate) <= Math.max(1, candidate.length() / 3));
    }

    /** {@code 1 channel}, {@code 3 channels}. */
    public static String count(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** The edit distance of Levenshtein, small and capital letters being equal. */
    private static int distance(String left, String right) {
        String from = left.toLowerCase(Locale.ROOT);
        String to = right.toLowerCase(Locale.ROOT);
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
