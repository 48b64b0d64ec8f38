package io.riffle.integration.chaos;

import io.riffle.integration.load.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long it took after each kill until output of all streams came again. */
public final class Recoveries {
    private final Map<Kill, List<Duration>> times = new EnumMap<>(Kill.class);

    void add(Kill kill, Duration time) {
        times.computeIfAbsent(kill, key -> new ArrayList<>()).add(time);
    }

    /** A row for each kind of kill, one for all, and what the witness has seen. */
    public String table(Witness.Seen seen) {
        StringBuilder table = new StringBuilder(
                "%-14s %5s %16s %16s%n".formatted("killed", "kills", "recovery p50 s", "recovery max s"));
        List<Duration> all = new ArrayList<>();
        times.forEach((kill, ofKill) -> {
            table.append(row(kill.toString(), ofKill));
            all.addAll(ofKill);
        });
        table.append(row("all", all));
        table.append("%nrecords %d, steps %d, duplicates %d, missing %d, wrong bits %d%n"
                .formatted(seen.records(), seen.steps(), seen.repeated(), seen.missing(), seen.wrong()));
        return table.toString();
    }

    private static String row(String what, List<Duration> times) {
        List<Duration> sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%-14s %5d %16.1f %16.1f%n",
                what,
                sorted.size(),
                seconds(sorted.get((sorted.size() - 1) / 2)),
                seconds(sorted.get(sorted.size() - 1)));
    }

    static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
