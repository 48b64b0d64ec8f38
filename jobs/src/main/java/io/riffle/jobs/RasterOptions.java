package io.riffle.jobs;

import io.riffle.operators.raster.RasterRule;
import io.riffle.operators.raster.RasterSettings;
import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How steps are made of samples that come at any times. */
public final class RasterOptions {
    @Option(
            names = "--raster",
            paramLabel = "RULE",
            converter = ToRule.class,
            description =
                    "Takes samples (samples/1: a time and values), too, and makes steps of them: the last value of "
                            + "each step, their mean, the line between them (interpolate), or the sum of counts. Without samples, last and "
                            + "mean go on with the value before, for at most --max-gap steps; what a longer silence leaves out is "
                            + "a gap. Default: takes steps only.")
    private Optional<RasterRule> rule = Optional.empty();

    @Option(
            names = "--lateness",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "With --raster: how much older than the latest sample of its stream a sample may be (500ms); a "
                            + "step is made when no sample can come any more. Default: 0s.")
    private Optional<Duration> lateness = Optional.empty();

    /** Whether steps are made of samples. */
    public boolean isGiven() {
        return rule.isPresent();
    }

    /**
     * What was asked for, if anything.
     *
     * @param timeToLive milliseconds, or 0
     * @throws RiffleException if the options do not go together
     */
    public Optional<RasterSettings> settings(long maxGap, long timeToLive) {
        if (rule.isEmpty() && lateness.isPresent()) {
            throw new RiffleException("--lateness is for samples, expected --raster RULE as well");
        }
        return rule.map(given ->
                new RasterSettings(given, lateness.orElse(Duration.ZERO).toMillis(), maxGap, timeToLive));
    }

    /** {@code mean, samples at most 500 ms late}. */
    @Override
    public String toString() {
        return rule.map(given -> "%s, samples at most %d ms late"
                        .formatted(given, lateness.orElse(Duration.ZERO).toMillis()))
                .orElse("no samples");
    }

    private static final class ToRule implements ITypeConverter<RasterRule> {
        @Override
        public RasterRule convert(String text) {
            try {
                return RasterRule.ofText(text);
            } catch (RiffleException unknown) {
                throw new TypeConversionException(unknown.getMessage());
            }
        }
    }
}
