package io.riffle.jobs.tap;

import io.riffle.jobs.files.ChunkOutput;
import io.riffle.jobs.files.SampleOutput;
import io.riffle.schemas.Chunk;
import io.riffle.sim.Names;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that a topic is written into. What comes first goes into FILE. Runs need a column that a file of the first run
 * does not have, and samples other columns; should they come later, they go into FILE with {@code runs} or {@code samples}
 * before its ending: {@code out.runs.arrow}. From the first run above 0 on, all steps go there, so that each of the files is
 * in order.
 */
public final class TapFiles implements AutoCloseable {
    private final Path file;
    private final Map<Path, Long> written = new LinkedHashMap<>();
    private Path stepsFile;
    private Path samplesFile;
    private ChunkOutput steps;
    private ChunkOutput firstSteps;
    private SampleOutput samples;
    private boolean runs;

    /** @throws io.riffle.sim.RiffleException if the name's ending says no format */
    public TapFiles(Path file) {
        ChunkOutput.requireKnown(file);
        this.file = file;
    }

    public void append(Tapped.Values values) {
        Chunk chunk = values.decoded().chunk();
        if (chunk.isHeartbeat()) {
            return; // it brings no steps
        }
        boolean needsRuns = chunk.run() > 0 && !runs;
        if (steps == null || needsRuns) {
            firstSteps = steps;
            runs = chunk.run() > 0;
            stepsFile = written.isEmpty() ? file : named(runs ? "runs" : "steps");
            steps = ChunkOutput.to(stepsFile, runs);
        }
        steps.append(values.decoded());
        written.merge(stepsFile, (long) chunk.steps(), Long::sum);
    }

    public void append(Tapped.Measured measured) {
        if (measured.samples().isHeartbeat()) {
            return;
        }
        if (samples == null) {
            samplesFile = written.isEmpty() ? file : named("samples");
            samples = SampleOutput.to(samplesFile);
        }
        samples.append(measured.samples());
        written.merge(samplesFile, (long) measured.samples().size(), Long::sum);
    }

    private Path named(String kind) {
        String name = file.getFileName().toString();
        int ending = name.lastIndexOf('.');
        return file.resolveSibling(name.substring(0, ending) + "." + kind + name.substring(ending));
    }

    /** {@code 12 steps in a.csv, 5 samples in a.samples.csv}. */
    public String summary() {
        if (written.isEmpty()) {
            return "nothing was written to " + file;
        }
        StringBuilder text = new StringBuilder();
        written.forEach((path, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(Names.count(count, path.equals(samplesFile) ? "sample" : "step"))
                .append(" in ")
                .append(path));
        return text.toString();
    }

    /** The files of steps, in the order in which they were begun. */
    public List<Path> stepFiles() {
        return written.keySet().stream()
                .filter(path -> !path.equals(samplesFile))
                .toList();
    }

    @Override
    public void close() {
        try (ChunkOutput first = firstSteps;
                ChunkOutput last = steps;
                SampleOutput rest = samples) {
            // each is closed, whatever becomes of the others
        }
    }
}
