package io.riffle.schemas;

import java.nio.ByteBuffer;

/**
 * Walks the messages of an Arrow IPC stream or file, without reading what is in them.
 *
 * <pre>
 *   stream   | schema message | batch message | ... | FFFFFFFF 00000000 |
 *   file     | "ARROW1" 0 0   | a stream as above   | footer | int32 length | "ARROW1" |
 *   message  | FFFFFFFF | int32 length | metadata (a flatbuffer), padded to the length | body |
 * </pre>
 *
 * Streams from before Arrow 0.15 lack the leading FFFFFFFF; they are read as well.
 */
final class IpcReader {
    static final int CONTINUATION = -1;
    /** ARROW1 and the two zeros behind it, little-endian. */
    static final long FILE_MAGIC = 0x0000_3157_4F52_5241L;

    static final int FILE_HEAD = Long.BYTES;
    private static final int FILE_TAIL = Integer.BYTES + 6;
    private static final int PREFIX = 2 * Integer.BYTES;

    private final Source source;
    private final ByteBuffer schema;
    private final Footer footer; // null for a stream
    private long position;
    private int batches;
    private long bodyPosition;

    IpcReader(Source source) {
        this.source = source;
        boolean file = source.size() >= FILE_HEAD && source.read(0, FILE_HEAD).getLong(0) == FILE_MAGIC;
        position = file ? FILE_HEAD : 0;
        footer = file ? footer() : null;
        schema = metadata();
        if (schema == null) {
            throw malformed("it ends before its schema");
        }
        position = bodyPosition; // a schema has no body
    }

    /** The metadata of the schema message. */
    ByteBuffer schema() {
        return schema;
    }

    /** Bytes up to where the next message begins. */
    long position() {
        return position;
    }

    boolean isFile() {
        return footer != null;
    }

    /** Where the body of the batch that was read last begins. */
    long bodyPosition() {
        return bodyPosition;
    }

    /** The next batch, or null at the end. */
    RecordBatch next(TableSchema columns) {
        if (footer != null) {
            if (batches == footer.batchPositions().length) {
                return null;
            }
            position = footer.batchPositions()[batches];
        }
        ByteBuffer metadata = metadata();
        if (metadata == null) {
            if (footer != null) {
                throw malformed("its footer points to no record batch");
            }
            checkNothingFollows();
            return null;
        }
        MetadataReader message = MetadataReader.of(metadata);
        BatchHeader header = message.batch();
        ByteBuffer body = source.read(bodyPosition, message.bodyLength());
        position = bodyPosition + body.remaining();
        batches++;
        return new RecordBatch(columns, header, body);
    }

    /** The metadata of the message at the position, or null at the end of the stream; sets where its body begins. */
    private ByteBuffer metadata() {
        long left = source.size() - position;
        if (left == 0) {
            return null; // the end mark is missing: the writer is still open, or does not write one
        }
        if (left < PREFIX) {
            throw malformed("it ends within a message");
        }
        ByteBuffer prefix = source.read(position, PREFIX);
        boolean continued = prefix.getInt(0) == CONTINUATION;
        int length = prefix.getInt(continued ? Integer.BYTES : 0);
        long start = position + (continued ? PREFIX : Integer.BYTES);
        if (length == 0) {
            position = start;
            return null;
        }
        if (length < 0 || length > source.size() - start) {
            throw malformed(
                    batches == 0 && schema == null
                            ? "it does not begin like an Arrow stream"
                            : "a message claims %d bytes of metadata, %d are there"
                                    .formatted(length, source.size() - start));
        }
        bodyPosition = start + length;
        return source.read(start, length);
    }

    private Footer footer() {
        long size = source.size();
        if (size < FILE_HEAD + FILE_TAIL) {
            throw malformed("it ends before its footer");
        }
        ByteBuffer tail = source.read(size - FILE_TAIL, FILE_TAIL);
        for (int index = 0; index < 6; index++) {
            if (tail.get(Integer.BYTES + index) != (byte) (FILE_MAGIC >>> 8 * index)) {
                throw malformed("it does not end like an Arrow file: it was cut, or its writer was not closed");
            }
        }
        int length = tail.getInt(0);
        if (length <= 0 || length > size - FILE_TAIL - FILE_HEAD) {
            throw malformed("its footer claims %d bytes of %d".formatted(length, size));
        }
        Footer found = MetadataReader.footer(source.read(size - FILE_TAIL - length, length));
        if (found.dictionaries() > 0) {
            throw new BadChunkException(
                    RejectReason.WRONG_SCHEMA, "a column is dictionary-encoded, expected plain values");
        }
        return found;
    }

    private void checkNothingFollows() {
        if (position < source.size()) {
            throw malformed("%d bytes follow the end of the stream".formatted(source.size() - position));
        }
    }

    private static BadChunkException malformed(String message) {
        return new BadChunkException(RejectReason.MALFORMED, message);
    }
}
