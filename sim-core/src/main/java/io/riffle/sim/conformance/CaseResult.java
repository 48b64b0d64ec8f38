package io.riffle.sim.conformance;

import java.util.Optional;
import java.util.Set;

/**
 * What the replay of one case gave.
 *
 * @param name of the case, without the back end
 * @param backend by which it was recorded
 * @param largestDifference of output, state and records: |a - b| / (1 + |b|), b being recorded; of membranes, which
 *     are rounded before the reset, |a - b| / (1 + r + |b|), r being the most that a reset took
 * @param spikes whether all trains of spikes are equal
 * @param failure one sentence, if the case fails
 * @param deviations in which it differs on purpose
 */
public record CaseResult(
        String name,
        String backend,
        double largestDifference,
        Spikes spikes,
        Optional<String> failure,
        Set<Deviation> deviations) {

    /** Whether the trains of spikes are equal, if there are any. */
    public enum Spikes {
        NONE,
        EQUAL,
        DIFFERENT
    }

    public boolean passed() {
        return failure.isEmpty();
    }
}
