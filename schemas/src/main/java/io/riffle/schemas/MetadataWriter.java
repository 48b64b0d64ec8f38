package io.riffle.schemas;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/** Writes the metadata of Arrow messages. The same arguments give the same bytes. */
final class MetadataWriter {
    /** Where a record batch lies in a file. */
    record BlockPosition(long position, int metadataLength, long bodyLength) {}

    // Name and nullability that pyarrow gives, so that the types compare equal there; an item is never null.
    private static final String ITEM = "item";

    private MetadataWriter() {}

    static byte[] schema(TableSchema schema) {
        FlatBufferBuilder builder = new FlatBufferBuilder(512);
        return message(builder, MessageHeader.Schema, schema(builder, schema), 0);
    }

    /** A record batch without compression. */
    static byte[] batch(BatchHeader header, long bodyLength) {
        FlatBufferBuilder builder = new FlatBufferBuilder(512);
        // Flatbuffers grow downwards: the last element first.
        RecordBatch.startBuffersVector(builder, header.bufferOffsets().length);
        for (int index = header.bufferOffsets().length - 1; index >= 0; index--) {
            Buffer.createBuffer(builder, header.bufferOffsets()[index], header.bufferSizes()[index]);
        }
        int buffers = builder.endVector();
        RecordBatch.startNodesVector(builder, header.nodeRows().length);
        for (int index = header.nodeRows().length - 1; index >= 0; index--) {
            FieldNode.createFieldNode(builder, header.nodeRows()[index], header.nodeNulls()[index]);
        }
        int nodes = builder.endVector();
        RecordBatch.startRecordBatch(builder);
        RecordBatch.addLength(builder, header.rows());
        RecordBatch.addNodes(builder, nodes);
        RecordBatch.addBuffers(builder, buffers);
        return message(builder, MessageHeader.RecordBatch, RecordBatch.endRecordBatch(builder), bodyLength);
    }

    /** The end of an IPC file. */
    static byte[] footer(TableSchema schema, List<BlockPosition> batches) {
        FlatBufferBuilder builder = new FlatBufferBuilder(1024);
        int schemaOffset = schema(builder, schema);
        org.apache.arrow.flatbuf.Footer.startDictionariesVector(builder, 0);
        int dictionaries = builder.endVector();
        org.apache.arrow.flatbuf.Footer.startRecordBatchesVector(builder, batches.size());
        for (int index = batches.size() - 1; index >= 0; index--) {
            BlockPosition batch = batches.get(index);
            Block.createBlock(builder, batch.position(), batch.metadataLength(), batch.bodyLength());
        }
        int recordBatches = builder.endVector();
        org.apache.arrow.flatbuf.Footer.startFooter(builder);
        org.apache.arrow.flatbuf.Footer.addVersion(builder, MetadataVersion.V5);
        org.apache.arrow.flatbuf.Footer.addSchema(builder, schemaOffset);
        org.apache.arrow.flatbuf.Footer.addDictionaries(builder, dictionaries);
        org.apache.arrow.flatbuf.Footer.addRecordBatches(builder, recordBatches);
        builder.finish(org.apache.arrow.flatbuf.Footer.endFooter(builder));
        return builder.sizedByteArray();
    }

    private static byte[] message(FlatBufferBuilder builder, byte type, int header, long bodyLength) {
        Message.startMessage(builder);
        Message.addHeaderType(builder, type);
        Message.addHeader(builder, header);
        Message.addVersion(builder, MetadataVersion.V5);
        Message.addBodyLength(builder, bodyLength);
        builder.finish(Message.endMessage(builder));
        return builder.sizedByteArray();
    }

    private static int schema(FlatBufferBuilder builder, TableSchema schema) {
        int[] fields = schema.columns().stream()
                .mapToInt(column -> field(builder, column))
                .toArray();
        int[] entries = schema.metadata().entrySet().stream()
                .mapToInt(entry -> metadata(builder, entry))
                .toArray();
        int fieldsVector = Schema.createFieldsVector(builder, fields);
        int metadataVector = Schema.createCustomMetadataVector(builder, entries);
        Schema.startSchema(builder);
        Schema.addEndianness(builder, Endianness.Little);
        Schema.addFields(builder, fieldsVector);
        Schema.addCustomMetadata(builder, metadataVector);
        return Schema.endSchema(builder);
    }

    private static int metadata(FlatBufferBuilder builder, Map.Entry<String, String> entry) {
        int key = builder.createString(entry.getKey());
        int value = builder.createString(entry.getValue());
        return KeyValue.createKeyValue(builder, key, value);
    }

    private static int field(FlatBufferBuilder builder, Column column) {
        boolean list = column.type() == ColumnType.FLOAT32_LIST;
        int[] items = list ? new int[] {field(builder, Column.nullable(ITEM, ColumnType.FLOAT32))} : new int[0];
        int children = Field.createChildrenVector(builder, items);
        int name = builder.createString(column.name());
        int type = type(builder, column);
        Field.startField(builder);
        Field.addName(builder, name);
        Field.addNullable(builder, column.nullable());
        Field.addTypeType(builder, typeCode(column));
        Field.addType(builder, type);
        Field.addChildren(builder, children);
        return Field.endField(builder);
    }

    private static byte typeCode(Column column) {
        return switch (column.type()) {
            case INT32, INT64 -> Type.Int;
            case FLOAT32 -> Type.FloatingPoint;
            case FLOAT32_LIST -> Type.FixedSizeList;
            case TIMESTAMP_NS -> Type.Timestamp;
            case UTF8 -> Type.Utf8;
            case BINARY -> Type.Binary;
            case LARGE_UTF8, OTHER -> throw new IllegalArgumentException("riffle never writes " + column);
        };
    }

    private static int type(FlatBufferBuilder builder, Column column) {
        return switch (column.type()) {
            case INT32 -> Int.createInt(builder, Integer.SIZE, true);
            case INT64 -> Int.createInt(builder, Long.SIZE, true);
            case TIMESTAMP_NS -> Timestamp.createTimestamp(builder, TimeUnit.NANOSECOND, builder.createString("UTC"));
            case FLOAT32 -> FloatingPoint.createFloatingPoint(builder, Precision.SINGLE);
            case FLOAT32_LIST -> FixedSizeList.createFixedSizeList(builder, column.listSize());
            case UTF8 -> {
                Utf8.startUtf8(builder);
                yield Utf8.endUtf8(builder);
            }
            case BINARY -> {
                org.apache.arrow.flatbuf.Binary.startBinary(builder);
                yield org.apache.arrow.flatbuf.Binary.endBinary(builder);
            }
            case LARGE_UTF8, OTHER -> throw new IllegalArgumentException("riffle never writes " + column);
        };
    }
}
