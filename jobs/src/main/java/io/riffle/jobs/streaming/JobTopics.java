package io.riffle.jobs.streaming;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.RiffleException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The topics of a job, all different.
 *
 * @param input chunks for the network
 * @param output chunks that it gives
 * @param rejected what was not accepted, with reasons
 * @param notices what was decided about a stream, such as that a gap was filled
 * @param recorded recorded state, if any is recorded
 */
public record JobTopics(String input, String output, String rejected, String notices, Optional<String> recorded) {
    public JobTopics {
        requireNonNull(recorded, "recorded is null");
        List<String> all = all(input, output, rejected, notices, recorded);
        Set<String> different = new LinkedHashSet<>(all);
        if (different.size() < all.size()) {
            throw new RiffleException("the topics are %s, expected different ones".formatted(all));
        }
    }

    public List<String> all() {
        return all(input, output, rejected, notices, recorded);
    }

    private static List<String> all(
            String input, String output, String rejected, String notices, Optional<String> recorded) {
        return recorded.map(topic -> List.of(input, output, rejected, notices, topic))
                .orElseGet(() -> List.of(input, output, rejected, notices));
    }
}
