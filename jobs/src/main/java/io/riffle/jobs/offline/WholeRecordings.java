package io.riffle.jobs.offline;

import io.riffle.jobs.files.ChunkInput;
import io.riffle.schemas.Chunk;
import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A file's streams, each run as one chunk: for networks that look at a whole recording before they give a first step. */
final class WholeRecordings implements ChunkInput {
    private final ChunkInput chunks;
    private final Path file;
    private Iterator<Chunk> recordings;

    /** One recording. */
    private record Run(String stream, long run) {}

    /** @param file for messages */
    WholeRecordings(ChunkInput chunks, Path file) {
        this.chunks = chunks;
        this.file = file;
    }

    @Override
    public boolean hasNext() {
        return recordings == null ? chunks.hasNext() : recordings.hasNext();
    }

    @Override
    public Chunk next() {
        if (recordings == null) {
            Map<Run, List<Chunk>> streams = new LinkedHashMap<>();
            while (chunks.hasNext()) {
                Chunk chunk = chunks.next();
                streams.computeIfAbsent(new Run(chunk.stream(), chunk.run()), added -> new ArrayList<>())
                        .add(chunk);
            }
            recordings = streams.values().stream().map(this::joined).toList().iterator();
        }
        return recordings.next();
    }

    private Chunk joined(List<Chunk> parts) {
        Chunk first = parts.get(0);
        int steps = Math.toIntExact(parts.stream().mapToLong(Chunk::steps).sum());
        float[] values = new float[Math.multiplyExact(steps, first.channels())];
        long next = first.firstStep();
        int at = 0;
        for (Chunk part : parts) {
            if (part.firstStep() != next) {
                throw new RiffleException("%s: stream '%s' goes on with step %d, expected step %d"
                        .formatted(file, part.stream(), part.firstStep(), next));
            }
            next = part.endStep();
            System.arraycopy(part.values(), 0, values, at, part.values().length);
            at += part.values().length;
        }
        return new Chunk(first.stream(), first.run(), first.firstStep(), steps, first.channels(), values);
    }

    @Override
    public int channels() {
        return chunks.channels();
    }

    @Override
    public List<String> names() {
        return chunks.names();
    }

    @Override
    public boolean hasRuns() {
        return chunks.hasRuns();
    }

    @Override
    public Optional<String> recordPath() {
        return chunks.recordPath();
    }

    @Override
    public OptionalDouble dt() {
        return chunks.dt();
    }

    @Override
    public double share() {
        return chunks.share();
    }

    @Override
    public void close() {
        chunks.close();
    }
}
