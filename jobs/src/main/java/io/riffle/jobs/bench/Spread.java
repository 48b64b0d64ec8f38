package io.riffle.jobs.bench;

import java.util.Arrays;
import java.util.List;

/** What the repeats of one measurement gave, in their order. */
record Spread(List<Double> repeats) {
    Spread {
        repeats = List.copyOf(repeats);
        if (repeats.isEmpty()) {
            throw new IllegalArgumentException("no repeats, expected at least one");
        }
    }

    double median() {
        double[] sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double least() {
        return sorted()[0];
    }

    double greatest() {
        return sorted()[repeats.size() - 1];
    }

    private double[] sorted() {
        double[] sorted = repeats.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
