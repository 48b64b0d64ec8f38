package io.riffle.jobs.files;

import io.riffle.schemas.ChunkFileWriter;
import io.riffle.schemas.Samples;
import io.riffle.schemas.SamplesFileWriter;
import java.nio.file.Path;

/** An Arrow file of samples. */
final class ArrowSampleOutput implements SampleOutput {
    private final SamplesFileWriter writer;

    ArrowSampleOutput(Path file) {
        writer = new SamplesFileWriter(file, ChunkFileWriter.encapsulationOf(file));
    }

    @Override
    public void append(Samples samples) {
        writer.append(samples);
    }

    @Override
    public void close() {
        writer.close();
    }
}
