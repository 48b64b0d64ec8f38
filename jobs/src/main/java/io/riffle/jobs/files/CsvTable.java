package io.riffle.jobs.files;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * A CSV file with a header: optionally {@code stream}, optionally {@code run}, optionally {@code step} or a time, then a
 * column for each channel, whatever its name.
 */
final class CsvTable implements AutoCloseable {
    /** Decimal seconds since 1970, or ISO 8601. */
    static final String TIME = "time";
    /** Whole nanoseconds since 1970. */
    static final String TIME_NANOS = "time_ns";

    private static final List<String> EVENTS = List.of("t", "x", "y", "p");
    private static final String STREAM = "stream";
    private static final String RUN = "run";
    private static final String STEP = "step";

    private final Path file;
    private final ByteReader bytes;
    private final Iterator<CsvRecord> records;
    private final List<String> header;
    private final boolean hasStreams;
    private final boolean hasRuns;
    /** {@code step}, {@code time}, {@code time_ns}, or empty. */
    private final String place;

    private final int firstChannel;

    /** @param bytes is closed with the table */
    CsvTable(ByteReader bytes) {
        this.bytes = bytes;
        file = bytes.file();
        records = CsvReader.builder()
                .ignoreDifferentFieldCount(true) // so that the error about it is ours
                .detectBomHeader(true)
                .ofCsvRecord(bytes.stream(), StandardCharsets.UTF_8)
                .iterator();
        header = header();
        int column = 0;
        hasStreams = isAt(column, STREAM);
        column += hasStreams ? 1 : 0;
        hasRuns = isAt(column, RUN);
        column += hasRuns ? 1 : 0;
        place = isAt(column, STEP) || isAt(column, TIME) || isAt(column, TIME_NANOS) ? header.get(column) : "";
        firstChannel = column + (place.isEmpty() ? 0 : 1);
        if (firstChannel == 0 && header.stream().allMatch(CsvTable::isNumber)) {
            throw new RiffleException("%s, line 1: %s are numbers, expected a header, with a name for each column"
                    .formatted(file, header));
        }
        if (channels() == 0) {
            throw new RiffleException(
                    "%s, line 1: the header %s names no channels, expected a column for each".formatted(file, header));
        }
    }

    private static boolean isNumber(String text) {
        try {
            Float.parseFloat(text);
            return true;
        } catch (NumberFormatException name) {
            return false;
        }
    }

    private boolean isAt(int column, String name) {
        return header.size() > column && header.get(column).equals(name);
    }

    private CsvRecord nextRecord() {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (CsvParseException | UncheckedIOException failed) {
            throw bytes.unreadable(failed);
        }
    }

    private List<String> header() {
        CsvRecord first = nextRecord();
        if (first == null) {
            throw new RiffleException("%s is empty, expected a header and rows".formatted(file));
        }
        return first.getFields().stream().map(String::strip).toList();
    }

    int channels() {
        return header.size() - firstChannel;
    }

    /** One per channel. */
    List<String> names() {
        return header.subList(firstChannel, header.size());
    }

    /** Whether its rows are of any run, or all of the first. */
    boolean hasRuns() {
        return hasRuns;
    }

    boolean hasSteps() {
        return place.equals(STEP);
    }

    /** Whether it holds the events of a camera, in whatever order their columns are. */
    boolean hasEvents() {
        return header.size() == EVENTS.size() && header.containsAll(EVENTS);
    }

    /** Where a column is that is there. */
    int column(String name) {
        return header.indexOf(name);
    }

    /** Whether it holds samples: a time stands where steps have their number. */
    boolean hasTimes() {
        return !place.isEmpty() && !hasSteps();
    }

    /** For messages. */
    Path file() {
        return file;
    }

    /** How much of the file is read, 0 to 1. */
    double share() {
        return bytes.share();
    }

    /** The next row, or null at the end. */
    Row next() {
        CsvRecord next = nextRecord();
        if (next == null) {
            return null;
        }
        long line = next.getStartingLineNumber();
        if (next.getFieldCount() != header.size()) {
            throw new RiffleException("%s, line %d: it has %s, expected %d as in the header"
                    .formatted(file, line, Names.count(next.getFieldCount(), "field"), header.size()));
        }
        return new Row(next.getFields(), line);
    }

    @Override
    public void close() {
        bytes.close();
    }

    /** One line of the file. */
    final class Row {
        private final List<String> fields;
        private final long line;

        private Row(List<String> fields, long line) {
            this.fields = fields;
            this.line = line;
        }

        /** @param unnamed the name if the file names none */
        String stream(String unnamed) {
            String stream = hasStreams ? fields.get(0).strip() : unnamed;
            if (stream.isEmpty()) {
                throw new RiffleException("%s, line %d: the name of the stream is empty".formatted(file, line));
            }
            return stream;
        }

        long run() {
            return hasRuns ? number(fields.get(hasStreams ? 1 : 0), RUN) : 0;
        }

        /** Where steps are numbered. */
        long step() {
            return number(fields.get(firstChannel - 1), STEP);
        }

        /** Nanoseconds since 1970, where there are times. */
        long time() {
            String text = fields.get(firstChannel - 1).strip();
            try {
                return place.equals(TIME) ? SampleTime.parse(text) : SampleTime.parseNanos(text);
            } catch (RiffleException wrong) {
                throw new RiffleException("%s, line %d: %s".formatted(file, line, wrong.getMessage()));
            }
        }

        float[] values() {
            float[] values = new float[channels()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(fields.get(firstChannel + i), firstChannel + i + 1);
            }
            return values;
        }

        private long number(String text, String what) {
            try {
                long number = Long.parseLong(text.strip());
                if (number >= 0) {
                    return number;
                }
            } catch (NumberFormatException wrong) {
                // told below, with what is negative
            }
            throw new RiffleException(
                    "%s, line %d: the %s is '%s', expected a whole number from 0".formatted(file, line, what, text));
        }

        /** A whole number, which may be negative. */
        long whole(int column) {
            try {
                return Long.parseLong(fields.get(column).strip());
            } catch (NumberFormatException wrong) {
                throw new RiffleException("%s, line %d: %s is '%s', expected a whole number"
                        .formatted(file, line, header.get(column), fields.get(column)));
            }
        }

        private float value(String text, int column) {
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
    }
}
