package io.riffle.jobs.bench;

import io.riffle.jobs.streaming.Preset;
import io.riffle.operators.Batching;
import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a person may choose about the measurements.
 *
 * @param sections what is measured
 * @param repeats how often each, in turn with its yardstick
 * @param duration of each measurement of each repeat
 * @param preset of the jobs, in place of the one that suits each section
 * @param batching whether the network's job evolves chunks of different streams together
 * @param kafka settings of all Kafka clients, which win
 */
public record BenchSettings(
        Set<Section> sections,
        int repeats,
        Duration duration,
        Optional<Preset> preset,
        Batching batching,
        Map<String, String> kafka) {
    public BenchSettings {
        sections = Set.copyOf(sections);
        kafka = Map.copyOf(kafka);
        if (sections.isEmpty()) {
            throw new RiffleException("no section is given, expected at least one");
        }
        if (repeats < 1) {
            throw new RiffleException("%d repeats, expected at least 1".formatted(repeats));
        }
        if (duration.toMillis() < 10) {
            throw new RiffleException(
                    "a measurement takes %d ms, expected at least 10 ms".formatted(duration.toMillis()));
        }
    }

    double seconds() {
        return duration.toNanos() / 1e9;
    }

    /** The preset of a section's jobs. */
    Preset preset(Preset suitable) {
        return preset.orElse(suitable);
    }
}
