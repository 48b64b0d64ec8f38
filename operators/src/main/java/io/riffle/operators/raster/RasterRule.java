package io.riffle.operators.raster;

import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a step is given of the samples. Samples count in the order of their times, those of one time in the order in which
 * they came; what is computed is computed in double and rounded once.
 */
public enum RasterRule {
    /** The latest value until the end of the step; without a new one, the one before goes on. */
    LAST,
    /** The mean of the samples in the step, summed up in their order; without any, that of the step before goes on. */
    MEAN,
    /** The value at the beginning of the step, on the line between the samples before and after it. */
    INTERPOLATE,
    /** The sum of the samples in the step, in their order, which are counts of something; without any, 0. */
    COUNTS;

    /** @throws RiffleException if there is no such rule */
    public static RasterRule ofText(String text) {
        for (RasterRule rule : values()) {
            if (rule.toString().equals(text)) {
                return rule;
            }
        }
        List<String> known = Stream.of(values()).map(RasterRule::toString).toList();
        throw new RiffleException(
                "got raster rule '%s', expected one of %s%s".formatted(text, known, Names.hint(text, known)));
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
