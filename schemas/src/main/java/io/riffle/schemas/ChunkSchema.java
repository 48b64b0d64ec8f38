package io.riffle.schemas;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a schema says about steps or samples, checked: a raster, events, or samples.
 *
 * @param channels at least 1
 * @param dt seconds; of samples 0, as they have none
 * @param run from 0
 * @param saidFirstStep always there for events, never for samples
 * @param steps of events, else 0
 */
record ChunkSchema(
        TableSchema table,
        String format,
        int channels,
        double dt,
        Optional<String> recordPath,
        long run,
        OptionalLong saidFirstStep,
        long steps,
        Places places) {
    private static final String RASTER_COLUMNS = "step: int64 (may be left out), values: fixed_size_list<float32>[N]";
    private static final String EVENTS_COLUMNS = "step: int64, channel: int32, count: float32";
    private static final String SAMPLES_COLUMNS = "time: timestamp[ns], values: fixed_size_list<float32>[N]";

    /** Indexes of the columns, -1 for those that the schema has not. */
    record Places(int stream, int run, int step, int time, int values, int channel, int count) {
        private static Places of(TableSchema table) {
            return new Places(
                    table.indexOf(Formats.STREAM_COLUMN),
                    table.indexOf(Formats.RUN_COLUMN),
                    table.indexOf(Formats.STEP_COLUMN),
                    table.indexOf(Formats.TIME_COLUMN),
                    table.indexOf(Formats.VALUES_COLUMN),
                    table.indexOf(Formats.CHANNEL_COLUMN),
                    table.indexOf(Formats.COUNT_COLUMN));
        }
    }

    /** @throws BadChunkException if it is a schema of nothing that a stream is made of */
    static ChunkSchema of(TableSchema table) {
        String format = table.metadata().get(Formats.FORMAT);
        if (format == null) {
            throw wrong("no schema metadata %s, expected %s, %s or %s"
                    .formatted(Formats.FORMAT, Formats.RASTER, Formats.EVENTS, Formats.SAMPLES));
        }
        return switch (format) {
            case Formats.RASTER -> raster(table);
            case Formats.EVENTS -> events(table);
            case Formats.SAMPLES -> samples(table);
            default ->
                throw wrong("schema metadata %s is '%s', expected %s, %s or %s"
                        .formatted(
                                Formats.FORMAT,
                                Text.shortened(format),
                                Formats.RASTER,
                                Formats.EVENTS,
                                Formats.SAMPLES));
        };
    }

    boolean isRaster() {
        return format.equals(Formats.RASTER);
    }

    boolean isSamples() {
        return format.equals(Formats.SAMPLES);
    }

    /** Whether the next record of a stream has, most likely, the same schema. */
    boolean isLasting() {
        return saidFirstStep.isEmpty();
    }

    /** 0 if it is not said. */
    long firstStep() {
        return saidFirstStep.orElse(0);
    }

    /** Step after the last one of events. */
    long endStep() {
        return firstStep() + steps;
    }

    private static ChunkSchema raster(TableSchema table) {
        checkColumns(
                table,
                List.of(Formats.STREAM_COLUMN, Formats.RUN_COLUMN, Formats.STEP_COLUMN, Formats.VALUES_COLUMN),
                RASTER_COLUMNS);
        if (table.indexOf(Formats.STEP_COLUMN) >= 0) {
            require(table, Formats.STEP_COLUMN, ColumnType.INT64, RASTER_COLUMNS);
        }
        OptionalLong firstStep = table.metadata().containsKey(Formats.FIRST_STEP)
                ? OptionalLong.of(number(table, Formats.FIRST_STEP, 0, Long.MAX_VALUE, RejectReason.BAD_STEPS))
                : OptionalLong.empty();
        return new ChunkSchema(
                table,
                Formats.RASTER,
                listSize(table, RASTER_COLUMNS),
                dt(table),
                recordPath(table),
                run(table, RASTER_COLUMNS),
                firstStep,
                0,
                Places.of(table));
    }

    private static ChunkSchema events(TableSchema table) {
        checkColumns(
                table,
                List.of(Formats.STREAM_COLUMN, Formats.STEP_COLUMN, Formats.CHANNEL_COLUMN, Formats.COUNT_COLUMN),
                EVENTS_COLUMNS);
        require(table, Formats.STEP_COLUMN, ColumnType.INT64, EVENTS_COLUMNS);
        require(table, Formats.CHANNEL_COLUMN, ColumnType.INT32, EVENTS_COLUMNS);
        require(table, Formats.COUNT_COLUMN, ColumnType.FLOAT32, EVENTS_COLUMNS);
        int channels = (int) number(table, Formats.CHANNELS, 1, Integer.MAX_VALUE, RejectReason.WRONG_SCHEMA);
        long first = number(table, Formats.FIRST_STEP, 0, Long.MAX_VALUE, RejectReason.BAD_STEPS);
        long steps = number(table, Formats.STEPS, 0, Long.MAX_VALUE, RejectReason.BAD_STEPS);
        if (first > Long.MAX_VALUE - steps) {
            throw new BadChunkException(
                    RejectReason.BAD_STEPS,
                    "got first step %d and %d steps, expected an end below 2^63".formatted(first, steps));
        }
        return new ChunkSchema(
                table,
                Formats.EVENTS,
                channels,
                dt(table),
                recordPath(table),
                run(table, EVENTS_COLUMNS),
                OptionalLong.of(first),
                steps,
                Places.of(table));
    }

    private static ChunkSchema samples(TableSchema table) {
        checkColumns(
                table,
                List.of(Formats.STREAM_COLUMN, Formats.RUN_COLUMN, Formats.TIME_COLUMN, Formats.VALUES_COLUMN),
                SAMPLES_COLUMNS);
        require(table, Formats.TIME_COLUMN, ColumnType.TIMESTAMP_NS, SAMPLES_COLUMNS);
        return new ChunkSchema(
                table,
                Formats.SAMPLES,
                listSize(table, SAMPLES_COLUMNS),
                0,
                Optional.empty(),
                run(table, SAMPLES_COLUMNS),
                OptionalLong.empty(),
                0,
                Places.of(table));
    }

    private static void checkColumns(TableSchema table, List<String> known, String expected) {
        Set<String> seen = new HashSet<>();
        for (Column column : table.columns()) {
            if (!known.contains(column.name()) || !seen.add(column.name())) {
                throw wrongColumns(table, expected);
            }
        }
        int stream = table.indexOf(Formats.STREAM_COLUMN);
        if (stream >= 0
                && table.columns().get(stream).type() != ColumnType.UTF8
                && table.columns().get(stream).type() != ColumnType.LARGE_UTF8) {
            throw wrongColumns(table, "stream: utf8 (in files), " + expected);
        }
    }

    private static int require(TableSchema table, String name, ColumnType type, String expected) {
        int index = table.indexOf(name);
        if (index < 0 || table.columns().get(index).type() != type) {
            throw wrongColumns(table, expected);
        }
        return index;
    }

    private static int listSize(TableSchema table, String expected) {
        int values = require(table, Formats.VALUES_COLUMN, ColumnType.FLOAT32_LIST, expected);
        int channels = table.columns().get(values).listSize();
        if (channels < 1) {
            throw wrong("column values has %d channels, expected at least 1".formatted(channels));
        }
        return channels;
    }

    private static long run(TableSchema table, String expected) {
        boolean inColumn = table.indexOf(Formats.RUN_COLUMN) >= 0;
        boolean inMetadata = table.metadata().containsKey(Formats.RUN);
        if (inColumn) {
            require(table, Formats.RUN_COLUMN, ColumnType.INT64, "run: int64 (in files), " + expected);
        }
        if (inColumn && inMetadata) {
            throw wrong("got a column run and schema metadata %s, expected one of them".formatted(Formats.RUN));
        }
        return inMetadata ? number(table, Formats.RUN, 0, Long.MAX_VALUE, RejectReason.WRONG_SCHEMA) : 0;
    }

    private static double dt(TableSchema table) {
        return TimeStep.parse(metadata(table, Formats.DT));
    }

    private static Optional<String> recordPath(TableSchema table) {
        return Optional.ofNullable(table.metadata().get(Formats.RECORD));
    }

    private static long number(TableSchema table, String key, long least, long most, RejectReason reason) {
        String text = metadata(table, key);
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        throw new BadChunkException(
                reason,
                "schema metadata %s is '%s', expected a whole number from %d"
                        .formatted(key, Text.shortened(text), least));
    }

    private static String metadata(TableSchema table, String key) {
        String value = table.metadata().get(key);
        if (value == null) {
            throw wrong("no schema metadata %s, expected it with format %s"
                    .formatted(key, table.metadata().get(Formats.FORMAT)));
        }
        return value;
    }

    private static BadChunkException wrongColumns(TableSchema table, String expected) {
        return wrong("got columns %s; expected %s".formatted(table.columnsText(), expected));
    }

    private static BadChunkException wrong(String message) {
        return new BadChunkException(RejectReason.WRONG_SCHEMA, message);
    }
}
