package io.riffle.jobs;

import io.riffle.operators.sequence.GapPolicy;
import io.riffle.operators.sequence.Horizon;
import io.riffle.operators.sequence.SequenceSettings;
import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How the chunks of a stream are brought into order. */
public final class SequenceOptions {
    @Option(
            names = "--gap",
            paramLabel = "POLICY",
            converter = ToPolicy.class,
            description =
                    "What to do about steps that do not come within the horizon: wait for them, take zeros or hold "
                            + "the last step's values in their place, reset the state behind them, or reject what came after "
                            + "them. What is filled or left out is told in the notices. Default: wait; with --raster, reset.")
    private Optional<GapPolicy> gap = Optional.empty();

    @Option(
            names = "--horizon",
            paramLabel = "STEPS|DURATION",
            defaultValue = "100",
            converter = ToHorizon.class,
            description = "How long chunks that come early wait for the steps before them: until the stream is so many "
                    + "steps farther, or so much later by its own timestamps (500ms). Default: ${DEFAULT-VALUE}.")
    private Horizon horizon;

    @Option(
            names = "--max-gap",
            paramLabel = "STEPS",
            defaultValue = "60000",
            description = "The most steps that may be missing; a chunk farther ahead is rejected, so that a wrong step "
                    + "number does not carry the stream away. Default: ${DEFAULT-VALUE}.")
    private long maxGap;

    @Option(
            names = "--gap-timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "Does about a gap what the policy says after so much time by the clock, for a stream that falls "
                            + "silent in the middle of a gap. Then the same records do not always give the same steps. "
                            + "Default: never.")
    private Optional<Duration> gapTimeout = Optional.empty();

    @Option(
            names = "--ttl",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Forgets the state of a stream whose records, by their own timestamps, are farther apart. "
                    + "Default: never.")
    private Optional<Duration> timeToLive = Optional.empty();

    /**
     * What was asked for.
     *
     * @param samples whether steps are made of samples: those that a silence leaves out never come
     * @throws RiffleException if the options do not go together
     */
    public SequenceSettings settings(boolean samples) {
        GapPolicy policy = policy(samples);
        if (samples && (policy == GapPolicy.WAIT || policy == GapPolicy.REJECT)) {
            throw new RiffleException(
                    "the gap policy is %s, but steps that --raster leaves out never come; expected zeros, hold or reset"
                            .formatted(policy));
        }
        return SequenceSettings.of(policy, horizon, maxGap, gapTimeout, timeToLive);
    }

    private GapPolicy policy(boolean samples) {
        return gap.orElse(samples ? GapPolicy.RESET : GapPolicy.WAIT);
    }

    /** {@code zeros, behind a horizon of 100 steps, at most 60000 steps}. */
    public String text(boolean samples) {
        String text = "%s, behind a horizon of %s, at most %d steps".formatted(policy(samples), horizon, maxGap);
        text += gapTimeout
                .map(time -> ", or after %d ms by the clock".formatted(time.toMillis()))
                .orElse("");
        return text
                + timeToLive
                        .map(time -> "; forgotten after %d ms".formatted(time.toMillis()))
                        .orElse("");
    }

    /** For the command line. */
    public static final class ToPolicy implements ITypeConverter<GapPolicy> {
        @Override
        public GapPolicy convert(String text) {
            try {
                return GapPolicy.ofText(text);
            } catch (RiffleException unknown) {
                throw new TypeConversionException(unknown.getMessage());
            }
        }
    }

    /** For the command line. */
    public static final class ToHorizon implements ITypeConverter<Horizon> {
        @Override
        public Horizon convert(String text) {
            if (text.strip().matches("\\d{1,15}")) {
                return Horizon.ofSteps(Long.parseLong(text.strip()));
            }
            try {
                return Horizon.of(new DurationConverter().convert(text));
            } catch (TypeConversionException neither) {
                throw new TypeConversionException(
                        "'%s' is neither a number of steps nor a duration such as 500ms".formatted(text));
            }
        }
    }
}
