package io.riffle.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** Arrow's own Java library as the second opinion. */
class ArrowLibraryTest {
    @Test
    void readsOurs() throws IOException {
        byte[] value = new ChunkEncoder(0.001).encode(TestingChunks.ramp("a", 120, 10, 16));
        try (BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(value), allocator)) {
            assertThat(reader.loadNextBatch()).isTrue();
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            assertThat(root.getSchema().getCustomMetadata())
                    .isEqualTo(Map.of("riffle.format", "raster/1", "riffle.dt", "0.001"));
            assertThat(root.getRowCount()).isEqualTo(10);
            assertThat(((BigIntVector) root.getVector("step")).get(9)).isEqualTo(129);
            FixedSizeListVector values = (FixedSizeListVector) root.getVector("values");
            assertThat(((Float4Vector) values.getDataVector()).get(159)).isEqualTo(38.75f);
            assertThat(reader.loadNextBatch()).isFalse();
        }
    }

    @Test
    void writesForUs() throws IOException {
        Field step = Field.notNullable("step", new ArrowType.Int(64, true));
        Field item = Field.nullable("$data$", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
        Field values = new Field("values", FieldType.notNullable(new ArrowType.FixedSizeList(3)), List.of(item));
        Schema schema = new Schema(List.of(step, values), Map.of("riffle.format", "raster/1", "riffle.dt", "0.001"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
                ArrowStreamWriter writer = new ArrowStreamWriter(root, null, out)) {
            root.allocateNew();
            FixedSizeListVector lists = (FixedSizeListVector) root.getVector("values");
            for (int row = 0; row < 5; row++) {
                ((BigIntVector) root.getVector("step")).setSafe(row, 7 + row);
                lists.setNotNull(row);
                for (int channel = 0; channel < 3; channel++) {
                    ((Float4Vector) lists.getDataVector()).setSafe(row * 3 + channel, (row * 3 + channel) / 4f - 1);
                }
            }
            root.setRowCount(5);
            writer.writeBatch();
        }
        assertThat(new ChunkDecoder(3, 0.001).decode("a", out.toByteArray()))
                .isEqualTo(TestingChunks.ramp("a", 7, 5, 3));
    }
}
