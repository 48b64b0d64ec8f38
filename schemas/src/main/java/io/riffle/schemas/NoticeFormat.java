package io.riffle.schemas;

import io.riffle.sim.RiffleException;
import java.util.List;

/** {@code notice/1}: one notice as an Arrow IPC stream of one row. Stream and message are cut at 4096 characters. */
public final class NoticeFormat {
    private static final int STREAM = 0;
    private static final int KIND = 1;
    private static final int RUN = 2;
    private static final int FIRST_STEP = 3;
    private static final int STEPS = 4;
    private static final int TOPIC = 5;
    private static final int PARTITION = 6;
    private static final int OFFSET = 7;
    private static final int MESSAGE = 8;
    private static final OneRow ROW = new OneRow(
            Formats.NOTICE,
            List.of(
                    Column.of("stream", ColumnType.UTF8),
                    Column.of("kind", ColumnType.UTF8),
                    Column.of("run", ColumnType.INT64),
                    Column.of("first_step", ColumnType.INT64),
                    Column.of("steps", ColumnType.INT64),
                    Column.of("topic", ColumnType.UTF8),
                    Column.of("partition", ColumnType.INT32),
                    Column.of("offset", ColumnType.INT64),
                    Column.of("message", ColumnType.UTF8)));

    private NoticeFormat() {}

    /** The same notice gives the same bytes. */
    public static byte[] encode(Notice notice) {
        return ROW.encode(
                notice.stream(),
                notice.kind().code(),
                notice.run(),
                notice.firstStep(),
                notice.steps(),
                notice.topic(),
                notice.partition(),
                notice.offset(),
                notice.message());
    }

    /** @throws BadChunkException if the value is not of this format */
    public static Notice decode(byte[] value) {
        return ROW.decode(
                value,
                "notice",
                batch -> new Notice(
                        batch.bytes(STREAM).text(0),
                        kind(batch.bytes(KIND).text(0)),
                        batch.longs(RUN).get(0),
                        batch.longs(FIRST_STEP).get(0),
                        batch.longs(STEPS).get(0),
                        batch.bytes(TOPIC).text(0),
                        batch.ints(PARTITION).get(0),
                        batch.longs(OFFSET).get(0),
                        batch.bytes(MESSAGE).text(0)));
    }

    private static NoticeKind kind(String code) {
        try {
            return NoticeKind.ofCode(code);
        } catch (RiffleException e) {
            throw new BadChunkException(RejectReason.WRONG_SCHEMA, e.getMessage(), e);
        }
    }
}
