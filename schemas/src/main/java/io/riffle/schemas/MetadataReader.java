package io.riffle.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;

/**
 * Reads the metadata of one Arrow message. This class and {@link MetadataWriter} are the only ones that know Arrow.
 *
 * <p>The flatbuffers of a stranger can say anything: what points outside of the buffer throws inside, and becomes
 * {@link RejectReason#MALFORMED} here; what could be repeated without end is counted against a limit.
 */
final class MetadataReader {
    private static final int MAX_COLUMNS = 64;
    private static final int MAX_METADATA_ENTRIES = 1024;
    private static final int MAX_TEXT = 1024;
    private static final String OUR_METADATA = "riffle.";
    private static final int MAX_BUFFERS = 3 * MAX_COLUMNS;

    private final Message message;

    private MetadataReader(Message message) {
        this.message = message;
    }

    /** @param metadata little-endian, from 0 to its limit */
    static MetadataReader of(ByteBuffer metadata) {
        return guarded(() -> new MetadataReader(Message.getRootAsMessage(metadata)));
    }

    /** Bytes that follow the metadata. */
    long bodyLength() {
        return guarded(message::bodyLength);
    }

    TableSchema schema() {
        return guarded(() -> {
            Schema schema = (Schema) header(MessageHeader.Schema, new Schema());
            if (schema.endianness() != Endianness.Little) {
                throw malformed("its numbers are big-endian, expected little-endian");
            }
            return new TableSchema(columns(schema), metadata(schema));
        });
    }

    BatchHeader batch() {
        return guarded(() -> {
            RecordBatch batch = (RecordBatch) header(MessageHeader.RecordBatch, new RecordBatch());
            int nodes = batch.nodesLength();
            int buffers = batch.buffersLength();
            if (nodes > MAX_BUFFERS || buffers > MAX_BUFFERS) {
                throw malformed("a record batch claims %d nodes and %d buffers".formatted(nodes, buffers));
            }
            long[] rows = new long[nodes];
            long[] nulls = new long[nodes];
            FieldNode node = new FieldNode();
            for (int index = 0; index < nodes; index++) {
                batch.nodes(node, index);
                rows[index] = node.length();
                nulls[index] = node.nullCount();
            }
            long[] offsets = new long[buffers];
            long[] sizes = new long[buffers];
            Buffer buffer = new Buffer();
            for (int index = 0; index < buffers; index++) {
                batch.buffers(buffer, index);
                offsets[index] = buffer.offset();
                sizes[index] = buffer.length();
            }
            return new BatchHeader(batch.length(), rows, nulls, offsets, sizes, compression(batch.compression()));
        });
    }

    /** @param bytes the footer of an IPC file, little-endian, from 0 to its limit */
    static Footer footer(ByteBuffer bytes) {
        return guarded(() -> {
            var footer = org.apache.arrow.flatbuf.Footer.getRootAsFooter(bytes);
            // A block takes 24 bytes of the footer, so a count that lies is found before anything is allocated.
            int batches = footer.recordBatchesLength();
            if (batches < 0 || batches > bytes.remaining() / 24) {
                throw malformed("its footer claims " + batches + " record batches");
            }
            long[] positions = new long[batches];
            for (int index = 0; index < batches; index++) {
                positions[index] = footer.recordBatches(index).offset();
            }
            return new Footer(positions, footer.dictionariesLength());
        });
    }

    private com.google.flatbuffers.Table header(byte expected, com.google.flatbuffers.Table into) {
        byte got = message.headerType();
        if (got != expected) {
            throw malformed("got a message %s, expected %s".formatted(messageName(got), messageName(expected)));
        }
        com.google.flatbuffers.Table header = message.header(into);
        if (header == null) {
            throw malformed("a message is empty");
        }
        return header;
    }

    private static List<Column> columns(Schema schema) {
        int size = schema.fieldsLength();
        if (size > MAX_COLUMNS) {
            throw new BadChunkException(
                    RejectReason.WRONG_SCHEMA, "got %d columns, expected at most 3".formatted(size));
        }
        List<Column> columns = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            columns.add(column(schema.fields(index)));
        }
        return columns;
    }

    private static Column column(Field field) {
        String name = field.name() == null ? "" : Text.shortened(field.name());
        if (field.dictionary() != null) {
            return new Column(name, ColumnType.OTHER, 0, "dictionary", field.nullable());
        }
        if (field.typeType() == Type.FixedSizeList && field.childrenLength() == 1) {
            int listSize = ((FixedSizeList) field.type(new FixedSizeList())).listSize();
            Field item = field.children(0);
            ColumnType itemType = item.dictionary() == null ? type(item) : ColumnType.OTHER;
            ColumnType type = itemType == ColumnType.FLOAT32 ? ColumnType.FLOAT32_LIST : ColumnType.OTHER;
            String typeName = "fixed_size_list<%s>[%d]".formatted(typeName(item), listSize);
            return new Column(name, type, listSize, typeName, field.nullable());
        }
        return new Column(name, type(field), 0, typeName(field), field.nullable());
    }

    private static ColumnType type(Field field) {
        return switch (typeName(field)) {
            case "int32" -> ColumnType.INT32;
            case "int64" -> ColumnType.INT64;
            case "timestamp[ns]",
                    "timestamp[ns, UTC]",
                    "timestamp[ns, Etc/UTC]",
                    "timestamp[ns, Z]",
                    "timestamp[ns, +00:00]" -> ColumnType.TIMESTAMP_NS;
            case "float32" -> ColumnType.FLOAT32;
            case "utf8" -> ColumnType.UTF8;
            case "large_utf8" -> ColumnType.LARGE_UTF8;
            case "binary" -> ColumnType.BINARY;
            default -> ColumnType.OTHER;
        };
    }

    private static String typeName(Field field) {
        byte type = field.typeType();
        if (type == Type.Int) {
            Int number = (Int) field.type(new Int());
            return (number.isSigned() ? "int" : "uint") + number.bitWidth();
        }
        if (type == Type.FloatingPoint) {
            return switch (((FloatingPoint) field.type(new FloatingPoint())).precision()) {
                case Precision.HALF -> "float16";
                case Precision.SINGLE -> "float32";
                case Precision.DOUBLE -> "float64";
                default -> "float";
            };
        }
        if (type == Type.Timestamp) {
            Timestamp time = (Timestamp) field.type(new Timestamp());
            String zone = time.timezone();
            return "timestamp[%s%s]"
                    .formatted(unit(time.unit()), zone == null || zone.isEmpty() ? "" : ", " + Text.shortened(zone));
        }
        if (type == Type.LargeUtf8) {
            return "large_utf8";
        }
        return type < 0 || type >= Type.names.length ? "unknown" : Type.names[type].toLowerCase(Locale.ROOT);
    }

    private static String unit(short unit) {
        return switch (unit) {
            case TimeUnit.SECOND -> "s";
            case TimeUnit.MILLISECOND -> "ms";
            case TimeUnit.MICROSECOND -> "us";
            case TimeUnit.NANOSECOND -> "ns";
            default -> "of unknown unit";
        };
    }

    private static Map<String, String> metadata(Schema schema) {
        int size = schema.customMetadataLength();
        if (size > MAX_METADATA_ENTRIES) {
            throw malformed(
                    "got %d entries of schema metadata, expected at most %d".formatted(size, MAX_METADATA_ENTRIES));
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int index = 0; index < size; index++) {
            KeyValue entry = schema.customMetadata(index);
            ByteBuffer key = entry.keyAsByteBuffer();
            // Others put long entries here (pandas does); only ours are turned into text.
            if (key == null || key.remaining() > MAX_TEXT) {
                continue;
            }
            String name = StandardCharsets.UTF_8.decode(key).toString();
            if (name.startsWith(OUR_METADATA)) {
                ByteBuffer value = entry.valueAsByteBuffer();
                if (value == null || value.remaining() > MAX_TEXT) {
                    throw malformed("schema metadata %s is missing or longer than %d bytes"
                            .formatted(Text.shortened(name), MAX_TEXT));
                }
                metadata.put(name, StandardCharsets.UTF_8.decode(value).toString());
            }
        }
        return metadata;
    }

    private static Compression compression(BodyCompression compression) {
        if (compression == null) {
            return Compression.NONE;
        }
        if (compression.method() == BodyCompressionMethod.BUFFER) {
            if (compression.codec() == CompressionType.LZ4_FRAME) {
                return Compression.LZ4_FRAME;
            }
            if (compression.codec() == CompressionType.ZSTD) {
                return Compression.ZSTD;
            }
        }
        throw malformed("its compression is unknown, expected none, LZ4_FRAME or ZSTD");
    }

    private static String messageName(byte type) {
        return type < 0 || type >= MessageHeader.names.length ? "of unknown type" : MessageHeader.names[type];
    }

    private static BadChunkException malformed(String message) {
        return new BadChunkException(RejectReason.MALFORMED, message);
    }

    private static <T> T guarded(Supplier<T> read) {
        try {
            return read.get();
        } catch (BadChunkException e) {
            throw e;
        } catch (RuntimeException e) {
            // Flatbuffers check nothing: a broken one shows as an index, a limit or a cast that does not fit.
            throw new BadChunkException(RejectReason.MALFORMED, "the metadata of a message is broken", e);
        }
    }
}
