package io.riffle.jobs.files;

import io.riffle.schemas.Samples;
import java.nio.file.Path;
import java.util.List;

/** A CSV file: stream, run, time in whole nanoseconds since 1970, one column per channel. */
final class CsvSampleOutput implements SampleOutput {
    private final CsvFile file;

    CsvSampleOutput(Path path) {
        file = new CsvFile(path, List.of("stream", "run", "time_ns"));
    }

    @Override
    public void append(Samples samples) {
        file.expect(samples.stream(), samples.channels());
        for (int row = 0; row < samples.size(); row++) {
            file.row(
                    List.of(samples.stream(), Long.toString(samples.run()), Long.toString(samples.times()[row])),
                    samples.values(),
                    row * samples.channels());
        }
        file.flushIfLive();
    }

    @Override
    public void close() {
        file.close();
    }
}
