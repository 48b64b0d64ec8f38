package io.riffle.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A format of one row of text, bytes and whole numbers, as an Arrow IPC stream. */
final class OneRow {
    private static final int MAX_CHARACTERS = 4096;
    private static final int DATA = 1;
    private static final byte[] NOTHING = {};

    private final TableSchema schema;

    OneRow(String format, List<Column> columns) {
        schema = new TableSchema(columns, Map.of(Formats.FORMAT, format));
    }

    /**
     * The same cells give the same bytes.
     *
     * @param cells one for each column: a String, of which the first 4096 characters are kept, a byte array, an Integer, a
     *     Long; or null
     */
    byte[] encode(Object... cells) {
        byte[][] bytes = new byte[cells.length][];
        long[] lengths = new long[cells.length];
        long[] nulls = new long[cells.length];
        for (int column = 0; column < cells.length; column++) {
            bytes[column] = bytes(cells[column]);
            lengths[column] = bytes[column].length;
            nulls[column] = cells[column] == null ? 1 : 0;
        }
        StreamTemplate template = new StreamTemplate(schema, new BatchLayout(schema, 1, lengths, nulls));
        ByteBuffer value = template.newValue();
        for (int column = 0; column < cells.length; column++) {
            int position = template.position(column, DATA);
            if (cells[column] instanceof Integer number) {
                value.putInt(position, number);
            } else if (cells[column] instanceof Long number) {
                value.putLong(position, number);
            } else {
                value.putInt(position + Integer.BYTES, bytes[column].length); // the second of two offsets
                value.put(template.position(column, DATA + 1), bytes[column]);
            }
        }
        return value.array();
    }

    /**
     * @param name of the record, for messages
     * @param read makes it of the batch, which has one row
     * @throws BadChunkException if the value is not of this format
     */
    <T> T decode(byte[] value, String name, Function<RecordBatch, T> read) {
        try {
            IpcReader reader = new IpcReader(new MemorySource(value));
            TableSchema got = MetadataReader.of(reader.schema()).schema();
            check(got);
            RecordBatch batch = reader.next(got);
            if (batch == null || batch.rows() != 1) {
                throw new BadChunkException(
                        RejectReason.MALFORMED, "got %d rows, expected 1".formatted(batch == null ? 0 : batch.rows()));
            }
            return read.apply(batch);
        } catch (BadChunkException e) {
            throw e.at(name);
        }
    }

    private void check(TableSchema got) {
        String format = got.metadata().get(Formats.FORMAT);
        String expected = schema.metadata().get(Formats.FORMAT);
        if (!expected.equals(format)) {
            throw new BadChunkException(
                    RejectReason.WRONG_SCHEMA,
                    "schema metadata %s is %s, expected %s"
                            .formatted(Formats.FORMAT, format == null ? "missing" : Text.shortened(format), expected));
        }
        if (!got.columnsText().equals(schema.columnsText())) {
            throw new BadChunkException(
                    RejectReason.WRONG_SCHEMA,
                    "got columns %s; expected %s".formatted(got.columnsText(), schema.columnsText()));
        }
    }

    private static byte[] bytes(Object cell) {
        if (cell instanceof byte[] bytes) {
            return bytes;
        }
        if (cell instanceof String text) {
            String cut = text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS);
            return cut.getBytes(StandardCharsets.UTF_8);
        }
        return NOTHING;
    }
}
