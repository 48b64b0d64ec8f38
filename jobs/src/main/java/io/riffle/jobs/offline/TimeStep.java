package io.riffle.jobs.offline;

import io.riffle.sim.Module;
import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** The one length of a step that network, call and file have to agree on. */
final class TimeStep {
    private String source;
    private Double seconds;

    private TimeStep() {}

    /**
     * @param asked by {@code --dt}
     * @param said by the input file
     */
    static double of(Module network, Optional<Double> asked, Path file, OptionalDouble said) {
        TimeStep agreed = before(network, asked);
        said.ifPresent(dt -> agreed.add(dt, file.toString()));
        if (agreed.seconds == null) {
            throw new RiffleException(
                    "neither the network nor %s says how long a step is, expected --dt SECONDS".formatted(file));
        }
        return agreed.seconds;
    }

    /**
     * What is agreed before a file is read, if anything.
     *
     * @param asked by {@code --dt}
     */
    static OptionalDouble of(Module network, Optional<Double> asked) {
        TimeStep agreed = before(network, asked);
        return agreed.seconds == null ? OptionalDouble.empty() : OptionalDouble.of(agreed.seconds);
    }

    private static TimeStep before(Module network, Optional<Double> asked) {
        Set<Double> named = network.timeSteps();
        if (named.size() > 1) {
            throw new RiffleException(
                    "the modules of the network have different time-steps %s s, expected one dt".formatted(named));
        }
        TimeStep agreed = new TimeStep();
        named.forEach(dt -> agreed.add(dt, "the network"));
        asked.ifPresent(dt -> agreed.add(dt, "--dt"));
        return agreed;
    }

    private void add(double dt, String where) {
        if (seconds != null && seconds != dt) {
            throw new RiffleException(
                    "%s has the time-step %s s, expected %s s as %s".formatted(where, dt, seconds, source));
        }
        if (seconds == null) {
            seconds = dt;
            source = where;
        }
    }
}
