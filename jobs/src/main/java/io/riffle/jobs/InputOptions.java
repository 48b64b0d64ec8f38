package io.riffle.jobs;

import io.riffle.jobs.files.FileFormat;
import io.riffle.jobs.files.InputSettings;
import io.riffle.jobs.files.SensorSize;
import io.riffle.sim.RiffleException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a file of data does not say about itself. */
public final class InputOptions {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "What the input is: ${COMPLETION-CANDIDATES}. Default: by its name's ending, else by its content.")
    private Optional<FileFormat> format = Optional.empty();

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description = "Which array of a .npz file, or data set of an HDF5 file, if there are several.")
    private Optional<String> dataset = Optional.empty();

    @Option(
            names = "--resample",
            description = "Sound of another rate than the steps have is resampled. Default: it is an error.")
    private boolean resample;

    @Option(
            names = "--sensor",
            paramLabel = "WIDTHxHEIGHT",
            converter = ToSensorSize.class,
            description = "The pixels of the camera that a file of events is of, where it does not say it: 346x260.")
    private Optional<SensorSize> sensor = Optional.empty();

    /**
     * @param stream the name of the one stream of a file that names none
     * @param dt length of a step in seconds, if anybody but the file says it
     */
    public InputSettings settings(Optional<String> stream, OptionalDouble dt) {
        return new InputSettings(stream, format, dt, dataset, resample, sensor);
    }

    private static final class ToSensorSize implements ITypeConverter<SensorSize> {
        private static final Pattern TEXT = Pattern.compile("(\\d{1,6})x(\\d{1,6})");

        @Override
        public SensorSize convert(String text) {
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("'%s' is not a size such as 346x260".formatted(text));
            }
            try {
                return new SensorSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
            } catch (RiffleException wrong) {
                throw new TypeConversionException(wrong.getMessage());
            }
        }
    }
}
