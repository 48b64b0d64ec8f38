package io.riffle.sim.time;

import io.riffle.sim.RiffleException;
import io.riffle.sim.Tree;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one call of {@link TimedModule#evolve(TimeSeries)} gave.
 *
 * @param output for the steps that were evolved
 * @param state the state after the last step, by name
 * @param record what was recorded, by path such as {@code 1_LIF.vmem}; a record of several values for each channel has
 *     channels such as {@code 0.1}
 */
public record TimedEvolution(TimeSeries output, Tree state, Map<String, ContinuousSeries> record) {
    public TimedEvolution {
        record = Collections.unmodifiableMap(new LinkedHashMap<>(record));
    }

    /** The output, when it is events. */
    public EventSeries events() {
        if (output instanceof EventSeries events) {
            return events;
        }
        throw new RiffleException("the output is continuous, expected events: see TimedModule.withOutput");
    }

    /** The output, when it is continuous. */
    public ContinuousSeries continuous() {
        if (output instanceof ContinuousSeries continuous) {
            return continuous;
        }
        throw new RiffleException("the output is events, expected it to be continuous: see TimedModule.withOutput");
    }
}
