package io.riffle.jobs.files;

import static java.util.Objects.requireNonNull;

import io.riffle.schemas.Formats;
import java.nio.file.Path;
import java.util.function.ToLongFunction;

/** A file to read from, as often as wanted. */
public final class InputFile {
    private final Path file;
    private final String stream;
    private final FileFormat format;

    /** @param stream the name of the one stream of a file that names none */
    public InputFile(Path file, String stream) {
        this.file = requireNonNull(file, "file is null");
        this.stream = requireNonNull(stream, "stream is null");
        format = FileFormat.ofInput(file);
    }

    /** Whether it holds samples rather than steps. */
    public boolean isSamples() {
        if (format == FileFormat.ARROW) {
            return Formats.of(file).filter(Formats.SAMPLES::equals).isPresent();
        }
        try (CsvTable table = new CsvTable(file)) {
            return table.hasTimes();
        }
    }

    /** @param nextSteps where a stream stands, for files without steps */
    public ChunkInput chunks(ToLongFunction<String> nextSteps) {
        return switch (format) {
            case ARROW -> new ArrowInput(file, stream);
            case CSV -> new CsvInput(file, stream, nextSteps);
        };
    }

    public SampleInput samples() {
        return switch (format) {
            case ARROW -> new ArrowSamples(file, stream);
            case CSV -> new CsvSamples(file, stream);
        };
    }
}
