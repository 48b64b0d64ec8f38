package io.riffle.jobs.files;

import static java.util.Objects.requireNonNull;

import io.riffle.schemas.Formats;
import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import java.util.function.ToLongFunction;

/** A file to read from, as often as wanted, or standard input, once. */
public final class InputFile {
    private final Path file;
    private final InputSettings settings;

    /** @param file {@code -} for standard input */
    public InputFile(Path file, InputSettings settings) {
        this.file = requireNonNull(file, "file is null");
        this.settings = requireNonNull(settings, "settings is null");
    }

    /** What messages call a file, or standard input. */
    public static Path shown(Path file) {
        return ByteReader.shown(file);
    }

    /**
     * Opens a file of steps.
     *
     * @param nextSteps where a stream stands, for files without steps
     * @throws RiffleException if it holds samples
     */
    public ChunkInput openSteps(ToLongFunction<String> nextSteps) {
        FileInput input = open(nextSteps);
        if (input instanceof ChunkInput chunks) {
            return chunks;
        }
        input.close();
        throw new RiffleException("%s holds samples at any times, expected steps".formatted(shown(file)));
    }

    /** @param nextSteps where a stream stands, for files without steps */
    public FileInput open(ToLongFunction<String> nextSteps) {
        ByteReader bytes = ByteReader.open(file);
        try {
            FileFormat format = settings.format().orElseGet(() -> FileFormat.ofInput(bytes));
            if (bytes.peek(1).length == 0) {
                throw new RiffleException("%s is empty, expected %s".formatted(shown(file), format));
            }
            return open(format, bytes, nextSteps);
        } catch (RuntimeException failed) {
            bytes.close();
            throw failed;
        }
    }

    private FileInput open(FileFormat format, ByteReader bytes, ToLongFunction<String> nextSteps) {
        return switch (format) {
            case CSV -> csv(new CsvTable(bytes), nextSteps);
            case NPY -> new RowInput(shown(file), new NpyRows(bytes), settings, nextSteps);
            case WAV -> new RowInput(shown(file), WavFile.open(bytes, settings), settings, nextSteps);
            case ARROW -> arrow(onDisk(bytes));
            case NPZ -> new RowInput(shown(file), NpzFile.open(onDisk(bytes), settings.dataset()), settings, nextSteps);
        };
    }

    private FileInput csv(CsvTable table, ToLongFunction<String> nextSteps) {
        return table.hasTimes()
                ? new CsvSamples(table, settings.onlyStream())
                : new CsvInput(table, settings.onlyStream(), nextSteps);
    }

    private FileInput arrow(Path path) {
        boolean samples = Formats.of(path).filter(Formats.SAMPLES::equals).isPresent();
        return samples ? new ArrowSamples(path, settings.onlyStream()) : new ArrowInput(path, settings.onlyStream());
    }

    /** For formats that are not read from front to back. */
    private Path onDisk(ByteReader bytes) {
        try (bytes) {
            return ByteReader.isStandardInput(file) ? bytes.spooled() : file;
        }
    }
}
