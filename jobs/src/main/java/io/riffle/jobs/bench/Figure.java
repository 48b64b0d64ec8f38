package io.riffle.jobs.bench;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One measured quantity.
 *
 * @param name what was measured
 * @param unit of its values
 * @param values one for each repeat
 * @param ratio to the yardstick that was measured in the same repeats
 */
record Figure(String name, String unit, Spread values, Optional<Ratio> ratio) {
    Figure {
        requireNonNull(name, "name is null");
        requireNonNull(unit, "unit is null");
        requireNonNull(values, "values is null");
        requireNonNull(ratio, "ratio is null");
    }

    /**
     * How many times the yardstick.
     *
     * @param to the yardstick's name
     * @param values one for each repeat
     */
    record Ratio(String to, Spread values) {}

    static Figure of(String name, String unit, List<Double> values) {
        return new Figure(name, unit, new Spread(values), Optional.empty());
    }

    /** This one beside another that was measured in the same repeats, each divided by its neighbour in time. */
    Figure over(Figure yardstick, String to) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < values.repeats().size(); i++) {
            ratios.add(values.repeats().get(i) / yardstick.values.repeats().get(i));
        }
        return new Figure(name, unit, values, Optional.of(new Ratio(to, new Spread(ratios))));
    }
}
