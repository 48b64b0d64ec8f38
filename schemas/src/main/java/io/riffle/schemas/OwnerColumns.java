package io.riffle.schemas;

import java.nio.ByteBuffer;

/** Fills the columns of a batch that say whose its rows are: {@code stream}, and {@code run} if there is one. */
final class OwnerColumns {
    private final ByteBuffer body;
    private final int offsets;
    private final int texts;
    private final int runs; // -1 if there are none
    private int row;
    private int text;

    OwnerColumns(TableSchema schema, BatchLayout layout, ByteBuffer body) {
        this.body = body;
        int stream = schema.indexOf(Formats.STREAM_COLUMN);
        int run = schema.indexOf(Formats.RUN_COLUMN);
        offsets = layout.position(stream, 1);
        texts = layout.position(stream, 2);
        runs = run < 0 ? -1 : layout.position(run, 1);
    }

    /** The next rows. */
    void add(byte[] stream, long run, int count) {
        for (int index = 0; index < count; index++) {
            body.put(texts + text, stream);
            text += stream.length;
            if (runs >= 0) {
                body.putLong(runs + row * Long.BYTES, run);
            }
            row++;
            body.putInt(offsets + row * Integer.BYTES, text);
        }
    }
}
