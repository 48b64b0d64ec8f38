package io.riffle.jobs.files;

import io.riffle.schemas.Samples;
import io.riffle.schemas.SamplesFileReader;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** An Arrow file of samples; the rows of a stream in one batch are a record. */
final class ArrowSamples implements SampleInput {
    private final SamplesFileReader reader;
    private final Iterator<Samples> samples;

    ArrowSamples(Path file, String stream) {
        reader = new SamplesFileReader(file, stream);
        try {
            samples = reader.iterator();
        } catch (RuntimeException failed) {
            reader.close();
            throw failed;
        }
    }

    @Override
    public boolean hasNext() {
        return samples.hasNext();
    }

    @Override
    public Samples next() {
        return samples.next();
    }

    @Override
    public int channels() {
        return reader.channels();
    }

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public boolean hasRuns() {
        return reader.hasRuns();
    }

    @Override
    public double share() {
        return reader.size() == 0 ? 1 : (double) reader.position() / reader.size();
    }

    @Override
    public void close() {
        reader.close();
    }
}
