package io.riffle.schemas;

import io.riffle.sim.RiffleException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * {@code rejected/1}: one rejected record as an Arrow IPC stream of one row.
 *
 * <p>Of the record's bytes the first 64 KiB are kept, so that a rejected record is never too large for the rejected
 * topic; the column {@code value_length} tells how many there were. Stream and message are cut at 4096 characters.
 */
public final class RejectedFormat {
    /** Most bytes of the original value that are kept. */
    public static final int MAX_VALUE = 64 * 1024;

    private static final int MAX_CHARACTERS = 4096;
    private static final int TOPIC = 0;
    private static final int PARTITION = 1;
    private static final int OFFSET = 2;
    private static final int STREAM = 3;
    private static final int REASON = 4;
    private static final int MESSAGE = 5;
    private static final int VALUE = 6;
    private static final int VALUE_LENGTH = 7;
    private static final int DATA = 1;
    private static final TableSchema SCHEMA = new TableSchema(
            List.of(
                    Column.of("topic", ColumnType.UTF8),
                    Column.of("partition", ColumnType.INT32),
                    Column.of("offset", ColumnType.INT64),
                    Column.nullable("stream", ColumnType.UTF8),
                    Column.of("reason", ColumnType.UTF8),
                    Column.of("message", ColumnType.UTF8),
                    Column.of("value", ColumnType.BINARY),
                    Column.of("value_length", ColumnType.INT32)),
            Map.of(Formats.FORMAT, Formats.REJECTED));

    private RejectedFormat() {}

    /** The same record gives the same bytes. */
    public static byte[] encode(Rejected rejected) {
        byte[] value = rejected.value();
        byte[][] texts = new byte[SCHEMA.columns().size()][];
        texts[TOPIC] = utf8(rejected.topic());
        texts[STREAM] = utf8(rejected.stream() == null ? "" : rejected.stream());
        texts[REASON] = utf8(rejected.reason().code());
        texts[MESSAGE] = utf8(rejected.message());
        texts[VALUE] = value.length <= MAX_VALUE ? value : Arrays.copyOf(value, MAX_VALUE);
        long[] lengths = new long[texts.length];
        for (int column = 0; column < texts.length; column++) {
            lengths[column] = texts[column] == null ? 0 : texts[column].length;
        }
        long[] nulls = new long[texts.length];
        nulls[STREAM] = rejected.stream() == null ? 1 : 0;

        StreamTemplate template = new StreamTemplate(SCHEMA, new BatchLayout(SCHEMA, 1, lengths, nulls));
        ByteBuffer encoded = template.newValue();
        for (int column = 0; column < texts.length; column++) {
            if (texts[column] != null) {
                encoded.putInt(template.position(column, DATA) + Integer.BYTES, texts[column].length);
                encoded.put(template.position(column, DATA + 1), texts[column]);
            }
        }
        encoded.putInt(template.position(PARTITION, DATA), rejected.partition());
        encoded.putLong(template.position(OFFSET, DATA), rejected.offset());
        encoded.putInt(template.position(VALUE_LENGTH, DATA), value.length);
        return encoded.array();
    }

    /**
     * The record, its value cut as it was when it was encoded.
     *
     * @throws BadChunkException if the value is not of this format
     */
    public static Rejected decode(byte[] value) {
        try {
            IpcReader reader = new IpcReader(new MemorySource(value));
            TableSchema schema = MetadataReader.of(reader.schema()).schema();
            checkSchema(schema);
            RecordBatch batch = reader.next(schema);
            if (batch == null || batch.rows() != 1) {
                throw new BadChunkException(
                        RejectReason.MALFORMED, "got %d rows, expected 1".formatted(batch == null ? 0 : batch.rows()));
            }
            ByteBuffer bytes = batch.bytes(VALUE).view(0);
            byte[] original = new byte[bytes.remaining()];
            bytes.get(original);
            return new Rejected(
                    batch.bytes(TOPIC).text(0),
                    batch.ints(PARTITION).get(0),
                    batch.longs(OFFSET).get(0),
                    batch.holdsNulls(STREAM) ? null : batch.bytes(STREAM).text(0),
                    reason(batch.bytes(REASON).text(0)),
                    batch.bytes(MESSAGE).text(0),
                    original);
        } catch (BadChunkException e) {
            throw e.at("rejected record");
        }
    }

    private static RejectReason reason(String code) {
        try {
            return RejectReason.ofCode(code);
        } catch (RiffleException e) {
            throw new BadChunkException(RejectReason.WRONG_SCHEMA, e.getMessage(), e);
        }
    }

    private static void checkSchema(TableSchema schema) {
        String format = schema.metadata().get(Formats.FORMAT);
        if (!Formats.REJECTED.equals(format)) {
            throw new BadChunkException(
                    RejectReason.WRONG_SCHEMA,
                    "schema metadata %s is %s, expected %s"
                            .formatted(
                                    Formats.FORMAT,
                                    format == null ? "missing" : Text.shortened(format),
                                    Formats.REJECTED));
        }
        if (!schema.columnsText().equals(SCHEMA.columnsText())) {
            throw new BadChunkException(
                    RejectReason.WRONG_SCHEMA,
                    "got columns %s; expected %s".formatted(schema.columnsText(), SCHEMA.columnsText()));
        }
    }

    private static byte[] utf8(String text) {
        String cut = text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS);
        return cut.getBytes(StandardCharsets.UTF_8);
    }
}
