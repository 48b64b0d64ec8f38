package io.riffle.jobs.offline;

import io.riffle.jobs.SequenceOptions;
import io.riffle.operators.sequence.GapPolicy;
import io.riffle.operators.sequence.Horizon;
import io.riffle.operators.sequence.SequenceSettings;
import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is done about steps that a file lacks. */
public final class GapOptions {
    @Option(
            names = "--gap",
            paramLabel = "POLICY",
            converter = SequenceOptions.ToPolicy.class,
            description =
                    "Brings the chunks of the file into order as the streaming job does, and about steps that are "
                            + "missing does as asked: zeros or the held values of the last step in their place, or a reset of the state "
                            + "behind them. Default: a step that is missing, or not in its order, is an error.")
    private Optional<GapPolicy> gap = Optional.empty();

    @Option(
            names = "--horizon",
            paramLabel = "STEPS|DURATION",
            defaultValue = "100",
            converter = SequenceOptions.ToHorizon.class,
            description = "With --gap: how long chunks that come early wait for the steps before them. "
                    + "Default: ${DEFAULT-VALUE}.")
    private Horizon horizon;

    @Option(
            names = "--max-gap",
            paramLabel = "STEPS",
            defaultValue = "60000",
            description = "With --gap: the most steps that may be missing. With --raster: the most silent steps in a "
                    + "row that are filled by the rule. Default: ${DEFAULT-VALUE}.")
    private long maxGap;

    @Option(
            names = "--notices",
            paramLabel = "FILE",
            description = "Where it is told what was filled, left out or cut (CSV). Default: on the error stream.")
    private Optional<Path> notices = Optional.empty();

    long maxGap() {
        return maxGap;
    }

    Optional<Path> notices() {
        return notices;
    }

    boolean isGiven() {
        return gap.isPresent();
    }

    /** @throws RiffleException if the options do not go together */
    Optional<SequenceSettings> settings() {
        if (gap.isPresent() && (gap.get() == GapPolicy.WAIT || gap.get() == GapPolicy.REJECT)) {
            throw new RiffleException(
                    "the gap policy is %s, but nothing comes after a file; expected zeros, hold or reset"
                            .formatted(gap.get()));
        }
        return gap.map(policy -> SequenceSettings.of(policy, horizon, maxGap, Optional.empty(), Optional.empty()));
    }
}
