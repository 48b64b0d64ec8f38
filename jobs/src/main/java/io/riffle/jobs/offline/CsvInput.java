package io.riffle.jobs.offline;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.riffle.schemas.Chunk;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/**
 * A CSV file with a header: optionally {@code stream}, optionally {@code step}, then a column for each channel, whatever
 * its name. Without {@code step} every stream goes on where it stands.
 *
 * <p>Consecutive rows of one stream become one chunk.
 */
final class CsvInput implements ChunkInput {
    private static final int MOST_ROWS = 1024;

    private final Path file;
    private final String stream;
    private final ToLongFunction<String> nextSteps;
    private final SeekableByteChannel channel;
    private final Iterator<CsvRecord> records;
    private final boolean namesStreams;
    private final boolean namesSteps;
    private final int firstChannel;
    private final int channels;
    private final List<String> names;
    private final long size;
    private final Map<String, Long> counted = new HashMap<>();
    private Row row;

    /** One line of the file. */
    private record Row(String stream, long step, float[] values) {}

    CsvInput(Path file, String stream, ToLongFunction<String> nextSteps) {
        this.file = file;
        this.stream = stream;
        this.nextSteps = nextSteps;
        channel = open();
        try {
            size = channel.size();
            records = CsvReader.builder()
                    .ignoreDifferentFieldCount(true) // so that the error about it is ours
                    .detectBomHeader(true)
                    .ofCsvRecord(Channels.newInputStream(channel), StandardCharsets.UTF_8)
                    .iterator();
            List<String> header = header();
            namesStreams = header.get(0).equals("stream");
            int steps = namesStreams ? 1 : 0;
            namesSteps = header.size() > steps && header.get(steps).equals("step");
            firstChannel = steps + (namesSteps ? 1 : 0);
            channels = header.size() - firstChannel;
            if (channels == 0) {
                throw new RiffleException("%s, line 1: the header %s names no channels, expected a column for each"
                        .formatted(file, header));
            }
            names = header.subList(firstChannel, header.size());
            row = readRow();
        } catch (IOException failed) {
            close();
            throw unreadable(failed);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private SeekableByteChannel open() {
        try {
            return Files.newByteChannel(file);
        } catch (NoSuchFileException missing) {
            throw new RiffleException("%s does not exist".formatted(file));
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    private RiffleException unreadable(Exception failed) {
        return new RiffleException("%s cannot be read: %s".formatted(file, failed.getMessage()), failed);
    }

    private CsvRecord nextRecord() {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (CsvParseException | UncheckedIOException failed) {
            throw unreadable(failed);
        }
    }

    private List<String> header() {
        CsvRecord header = nextRecord();
        if (header == null) {
            throw new RiffleException("%s is empty, expected a header and rows".formatted(file));
        }
        return header.getFields().stream().map(String::strip).toList();
    }

    private Row readRow() {
        CsvRecord next = nextRecord();
        if (next == null) {
            return null;
        }
        long line = next.getStartingLineNumber();
        if (next.getFieldCount() != firstChannel + channels) {
            throw new RiffleException("%s, line %d: it has %s, expected %d as in the header"
                    .formatted(file, line, Names.count(next.getFieldCount(), "field"), firstChannel + channels));
        }
        String named = namesStreams ? next.getField(0).strip() : stream;
        if (named.isEmpty()) {
            throw new RiffleException("%s, line %d: the name of the stream is empty".formatted(file, line));
        }
        long step = namesSteps
                ? step(next.getField(firstChannel - 1), line)
                : counted.computeIfAbsent(named, nextSteps::applyAsLong);
        counted.put(named, step + 1);
        float[] values = new float[channels];
        for (int i = 0; i < channels; i++) {
            values[i] = value(next.getField(firstChannel + i), line, firstChannel + i + 1);
        }
        return new Row(named, step, values);
    }

    private long step(String text, long line) {
        try {
            long step = Long.parseLong(text.strip());
            if (step >= 0) {
                return step;
            }
        } catch (NumberFormatException wrong) {
            // told below, with what is negative
        }
        throw new RiffleException(
                "%s, line %d: the step is '%s', expected a whole number from 0".formatted(file, line, text));
    }

    private float value(String text, long line, int column) {
        try {
            float value = Float.parseFloat(text);
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException wrong) {
            // told below, with what is not finite
        }
        throw new RiffleException(
                "%s, line %d, column %d: got '%s', expected a finite number".formatted(file, line, column, text));
    }

    @Override
    public boolean hasNext() {
        return row != null;
    }

    @Override
    public Chunk next() {
        if (row == null) {
            throw new NoSuchElementException(file + ": no more rows");
        }
        Row first = row;
        float[] values = new float[MOST_ROWS * channels];
        int rows = 0;
        while (row != null && rows < MOST_ROWS && row.stream.equals(first.stream) && row.step == first.step + rows) {
            System.arraycopy(row.values, 0, values, rows * channels, channels);
            rows++;
            row = readRow();
        }
        return new Chunk(first.stream, first.step, rows, channels, Arrays.copyOf(values, rows * channels));
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public Optional<String> recordPath() {
        return Optional.empty();
    }

    @Override
    public OptionalDouble dt() {
        return OptionalDouble.empty();
    }

    @Override
    public double share() {
        try {
            return size == 0 ? 1 : (double) channel.position() / size;
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }
}
