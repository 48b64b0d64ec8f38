package io.riffle.jobs.files;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a file does not say about itself.
 *
 * @param stream the name of the one stream of a file that names none; of several such streams the beginning of the name
 * @param format what the file is; absent: as its name's ending or its content says
 * @param dt length of a step in seconds, for what has times instead of steps; absent: as the file says
 * @param dataset which one of the arrays in the file
 * @param resample whether sound of another rate than that of the steps is resampled, which else is an error
 * @param sensor the pixels of the camera that the events are of; absent: as the file says
 */
public record InputSettings(
        Optional<String> stream,
        Optional<FileFormat> format,
        OptionalDouble dt,
        Optional<String> dataset,
        boolean resample,
        Optional<SensorSize> sensor) {
    /** The stream of a file that names none, where nobody gave it a name. */
    public static final String UNNAMED = "0";

    /** Of a file that says all by itself. */
    public static final InputSettings NONE = new InputSettings(
            Optional.empty(), Optional.empty(), OptionalDouble.empty(), Optional.empty(), false, Optional.empty());

    /** These, with another length of a step. */
    public InputSettings withDt(OptionalDouble seconds) {
        return new InputSettings(stream, format, seconds, dataset, resample, sensor);
    }

    String onlyStream() {
        return stream.orElse(UNNAMED);
    }

    /** One of several streams that have nothing but numbers. */
    String numberedStream(int number) {
        return stream.map(name -> name + "-" + number).orElse(Integer.toString(number));
    }
}
