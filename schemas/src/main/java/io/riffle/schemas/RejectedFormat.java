package io.riffle.schemas;

import io.riffle.sim.RiffleException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * {@code rejected/1}: one rejected record as an Arrow IPC stream of one row.
 *
 * <p>Of the record's bytes the first 64 KiB are kept, so that a rejected record is never too large for the rejected
 * topic; the column {@code value_length} tells how many there were. Stream and message are cut at 4096 characters.
 */
public final class RejectedFormat {
    /** Most bytes of the original value that are kept. */
    public static final int MAX_VALUE = 64 * 1024;

    private static final int TOPIC = 0;
    private static final int PARTITION = 1;
    private static final int OFFSET = 2;
    private static final int STREAM = 3;
    private static final int REASON = 4;
    private static final int MESSAGE = 5;
    private static final int VALUE = 6;
    private static final OneRow ROW = new OneRow(
            Formats.REJECTED,
            List.of(
                    Column.of("topic", ColumnType.UTF8),
                    Column.of("partition", ColumnType.INT32),
                    Column.of("offset", ColumnType.INT64),
                    Column.nullable("stream", ColumnType.UTF8),
                    Column.of("reason", ColumnType.UTF8),
                    Column.of("message", ColumnType.UTF8),
                    Column.of("value", ColumnType.BINARY),
                    Column.of("value_length", ColumnType.INT32)));

    private RejectedFormat() {}

    /** The same record gives the same bytes. */
    public static byte[] encode(Rejected rejected) {
        byte[] value = rejected.value();
        return ROW.encode(
                rejected.topic(),
                rejected.partition(),
                rejected.offset(),
                rejected.stream(),
                rejected.reason().code(),
                rejected.message(),
                value.length <= MAX_VALUE ? value : Arrays.copyOf(value, MAX_VALUE),
                value.length);
    }

    /**
     * The record, its value cut as it was when it was encoded.
     *
     * @throws BadChunkException if the value is not of this format
     */
    public static Rejected decode(byte[] value) {
        return ROW.decode(value, "rejected record", batch -> {
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
        });
    }

    private static RejectReason reason(String code) {
        try {
            return RejectReason.ofCode(code);
        } catch (RiffleException e) {
            throw new BadChunkException(RejectReason.WRONG_SCHEMA, e.getMessage(), e);
        }
    }
}
