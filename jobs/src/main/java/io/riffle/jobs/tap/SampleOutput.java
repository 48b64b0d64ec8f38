package io.riffle.jobs.tap;

import io.riffle.schemas.ChunkFileWriter;
import io.riffle.schemas.Samples;
import io.riffle.schemas.SamplesFileWriter;
import java.nio.file.Path;

/** A file that samples go into, record by record. */
interface SampleOutput extends AutoCloseable {
    void append(Samples samples);

    @Override
    void close();

    /** The format by the name's ending, as for chunks. */
    static SampleOutput to(Path file) {
        if (ChunkOutput.isCsv(file)) {
            return new CsvSampleOutput(file);
        }
        SamplesFileWriter writer = new SamplesFileWriter(file, ChunkFileWriter.encapsulationOf(file));
        return new SampleOutput() {
            @Override
            public void append(Samples samples) {
                writer.append(samples);
            }

            @Override
            public void close() {
                writer.close();
            }
        };
    }
}
