package io.riffle.jobs.state;

import io.riffle.sim.Names;
import io.riffle.sim.StateLayout;
import java.io.PrintWriter;
import java.util.List;

/** What is stored, for people. */
final class StateText {
    private static final int SHOWN_VALUES = 8;

    private final Savepoint savepoint;
    private final PrintWriter out;

    StateText(Savepoint savepoint, PrintWriter out) {
        this.savepoint = savepoint;
        this.out = out;
    }

    /** What the savepoint says of itself. */
    void head() {
        out.printf("%-12s %s%n", "stored in", savepoint.path());
        out.printf(
                "%-12s from %s to %s%n",
                "job", savepoint.input().orElse("?"), savepoint.output().orElse("?"));
        out.printf(
                "%-12s %s%n",
                "restored by",
                savepoint.backend().map("--state-backend %s only"::formatted).orElse("any state backend"));
        out.printf("%-12s%n", "modules");
        int width = savepoint.modules().stream()
                .mapToInt(module -> module.name().length())
                .max()
                .orElse(0);
        for (StoredModule module : savepoint.modules()) {
            String states = String.join(
                    ", ",
                    module.layout().entries().stream()
                            .map(entry -> entry.path() + " " + entry.shape())
                            .toList());
            out.printf("  %-" + width + "s  %s%n", module.name(), states.isEmpty() ? "-" : states);
        }
        out.println();
    }

    /** The streams and where they are, and how many there are. */
    void list(StoredStreams streams, long limit) {
        List<String> names = streams.names();
        out.printf("%20s  %s%n", "NEXT STEP", "STREAM");
        names.stream()
                .limit(limit)
                .map(name -> streams.find(name).orElseThrow())
                .forEach(stream -> out.printf("%20d  %s%s%n", stream.nextStep(), stream.name(), quarantine(stream)));
        out.println(Names.count(names.size(), "stream")
                + (names.size() > limit ? ", the first %d of them shown".formatted(limit) : ""));
        out.flush();
    }

    /** One stream with its values; of a long array how it begins, and between what it lies. */
    void values(StoredStream stream) {
        out.printf("stream %s, next step %d%s%n", stream.name(), stream.nextStep(), quarantine(stream));
        List<StateLayout.Entry> all = savepoint.modules().stream()
                .flatMap(module -> module.layout().entries().stream())
                .toList();
        int paths = all.stream().mapToInt(entry -> entry.path().length()).max().orElse(0);
        int shapes = all.stream()
                .mapToInt(entry -> entry.shape().toString().length())
                .max()
                .orElse(0);
        for (int i = 0; i < savepoint.modules().size(); i++) {
            float[] values = stream.values().get(i);
            int at = 0;
            for (StateLayout.Entry entry : savepoint.modules().get(i).layout().entries()) {
                int count = entry.shape().count();
                out.printf(
                        "  %-" + paths + "s  %-" + shapes + "s  %s%n",
                        entry.path(),
                        entry.shape(),
                        values == null ? "none yet: starts with the next chunk" : text(values, at, count));
                at += count;
            }
        }
        out.println();
        out.flush();
    }

    private static String quarantine(StoredStream stream) {
        return stream.quarantine().map("  (quarantined in %s)"::formatted).orElse("");
    }

    private static String text(float[] values, int from, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(count, SHOWN_VALUES); i++) {
            text.append(i == 0 ? "" : " ").append(values[from + i]);
        }
        if (count > SHOWN_VALUES) {
            float least = values[from];
            float greatest = values[from];
            for (int i = from; i < from + count; i++) {
                least = Math.min(least, values[i]);
                greatest = Math.max(greatest, values[i]);
            }
            text.append(" .. (%d values from %s to %s)".formatted(count, least, greatest));
        }
        return text.toString();
    }
}
