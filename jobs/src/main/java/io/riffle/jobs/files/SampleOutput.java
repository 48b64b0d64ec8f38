package io.riffle.jobs.files;

import io.riffle.schemas.Samples;
import io.riffle.sim.RiffleException;
import java.nio.file.Path;

/** A file that samples go into, record by record. */
public interface SampleOutput extends AutoCloseable {
    void append(Samples samples);

    @Override
    void close();

    static SampleOutput to(Path file) {
        return switch (FileFormat.ofOutput(file)) {
            case ARROW -> new ArrowSampleOutput(file);
            case CSV -> new CsvSampleOutput(file);
            case NPY, NPZ, WAV ->
                throw new RiffleException(
                        "%s cannot hold the times of samples, expected a name that ends in .arrow or .csv"
                                .formatted(file));
        };
    }
}
