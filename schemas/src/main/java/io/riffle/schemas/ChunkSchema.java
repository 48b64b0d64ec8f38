package io.riffle.schemas;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a schema says about chunks, checked: either a raster or events.
 *
 * @param channels at least 1
 * @param dt seconds
 * @param streamColumn index, or -1 if the schema has none; likewise the others
 * @param firstStep of events, else 0
 * @param steps of events, else 0
 */
record ChunkSchema(
        TableSchema table,
        String format,
        int channels,
        double dt,
        Optional<String> recordPath,
        int streamColumn,
        int stepColumn,
        int valuesColumn,
        int channelColumn,
        int countColumn,
        long firstStep,
        long steps) {
    private static final String RASTER_COLUMNS = "step: int64 (may be left out), values: fixed_size_list<float32>[N]";
    private static final String EVENTS_COLUMNS = "step: int64, channel: int32, count: float32";

    /** @throws BadChunkException if it is not a schema of chunks */
    static ChunkSchema of(TableSchema table) {
        String format = table.metadata().get(Formats.FORMAT);
        if (format == null) {
            throw wrong("no schema metadata %s, expected %s or %s"
                    .formatted(Formats.FORMAT, Formats.RASTER, Formats.EVENTS));
        }
        return switch (format) {
            case Formats.RASTER -> raster(table);
            case Formats.EVENTS -> events(table);
            default ->
                throw wrong("schema metadata %s is '%s', expected %s or %s"
                        .formatted(Formats.FORMAT, Text.shortened(format), Formats.RASTER, Formats.EVENTS));
        };
    }

    boolean isRaster() {
        return valuesColumn >= 0;
    }

    /** Step after the last one of events. */
    long endStep() {
        return firstStep + steps;
    }

    private static ChunkSchema raster(TableSchema table) {
        checkColumns(table, List.of(Formats.STREAM_COLUMN, Formats.STEP_COLUMN, Formats.VALUES_COLUMN), RASTER_COLUMNS);
        int values = require(table, Formats.VALUES_COLUMN, ColumnType.FLOAT32_LIST, RASTER_COLUMNS);
        int step = table.indexOf(Formats.STEP_COLUMN);
        if (step >= 0) {
            require(table, Formats.STEP_COLUMN, ColumnType.INT64, RASTER_COLUMNS);
        }
        int channels = table.columns().get(values).listSize();
        if (channels < 1) {
            throw wrong("column values has %d channels, expected at least 1".formatted(channels));
        }
        return new ChunkSchema(
                table,
                Formats.RASTER,
                channels,
                dt(table),
                recordPath(table),
                stream(table, RASTER_COLUMNS),
                step,
                values,
                -1,
                -1,
                0,
                0);
    }

    private static ChunkSchema events(TableSchema table) {
        checkColumns(
                table,
                List.of(Formats.STREAM_COLUMN, Formats.STEP_COLUMN, Formats.CHANNEL_COLUMN, Formats.COUNT_COLUMN),
                EVENTS_COLUMNS);
        int step = require(table, Formats.STEP_COLUMN, ColumnType.INT64, EVENTS_COLUMNS);
        int channel = require(table, Formats.CHANNEL_COLUMN, ColumnType.INT32, EVENTS_COLUMNS);
        int count = require(table, Formats.COUNT_COLUMN, ColumnType.FLOAT32, EVENTS_COLUMNS);
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
                stream(table, EVENTS_COLUMNS),
                step,
                -1,
                channel,
                count,
                first,
                steps);
    }

    private static void checkColumns(TableSchema table, List<String> known, String expected) {
        Set<String> seen = new HashSet<>();
        for (Column column : table.columns()) {
            if (!known.contains(column.name()) || !seen.add(column.name())) {
                throw wrongColumns(table, expected);
            }
        }
    }

    private static int require(TableSchema table, String name, ColumnType type, String expected) {
        int index = table.indexOf(name);
        if (index < 0 || table.columns().get(index).type() != type) {
            throw wrongColumns(table, expected);
        }
        return index;
    }

    private static int stream(TableSchema table, String expected) {
        int index = table.indexOf(Formats.STREAM_COLUMN);
        if (index >= 0
                && table.columns().get(index).type() != ColumnType.UTF8
                && table.columns().get(index).type() != ColumnType.LARGE_UTF8) {
            throw wrongColumns(table, "stream: utf8 (in files), " + expected);
        }
        return index;
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
        Map<String, String> metadata = table.metadata();
        String value = metadata.get(key);
        if (value == null) {
            throw wrong(
                    "no schema metadata %s, expected it with format %s".formatted(key, metadata.get(Formats.FORMAT)));
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
