package io.riffle.integration.soak;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Samples of a job over a long time, and whether they are flat: whether the last third of them holds, on the average, not
 * more than a tenth more than the first third.
 */
public final class Soak {
    private static final double TENTH = 0.1;

    private final List<Sample> samples = new ArrayList<>();
    private final PrintStream out;

    public Soak(PrintStream out) {
        this.out = out;
        out.print(Sample.header());
    }

    public void add(Sample sample) {
        samples.add(sample);
        out.print(sample.row());
    }

    /** Prints what became of each, and tells whether all are flat. */
    public boolean isFlat() {
        out.printf("%n%-18s %12s %12s%n", "mean MiB of the", "first third", "last third");
        boolean heap = isFlat("heap after GC", sample -> sample.memory().heapBytes());
        boolean direct = isFlat("direct", sample -> sample.memory().directBytes());
        boolean resident = isFlat("resident", sample -> sample.memory().residentBytes());
        boolean state = isFlat("state", Sample::stateBytes);
        return heap && direct && resident && state;
    }

    private boolean isFlat(String what, ToDoubleFunction<Sample> value) {
        int third = samples.size() / 3;
        double first = mean(samples.subList(0, third), value);
        double last = mean(samples.subList(samples.size() - third, samples.size()), value);
        boolean flat = last <= first * (1 + TENTH);
        out.printf("%-18s %12s %12s  %s%n", what, Sample.mebi(first), Sample.mebi(last), flat ? "flat" : "grows");
        return flat;
    }

    private static double mean(List<Sample> samples, ToDoubleFunction<Sample> value) {
        return samples.stream().mapToDouble(value).average().orElseThrow();
    }
}
