package io.riffle.schemas;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Chunk to Kafka value: {@code raster/1}, one Arrow IPC stream of one batch.
 *
 * <p>The same chunk gives the same bytes. One encoder has one owner: it is not for several threads, nor serializable.
 */
public final class ChunkEncoder {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int STEP = 0;
    private static final int VALUES = 1;
    private static final int DATA = 1;
    private static final int LIST_DATA = 2;
    /** A stream has few shapes, and few runs; should there be many, they are built again rather than kept. */
    private static final int MAX_TEMPLATES = 1024;

    private final Map<String, String> metadata;
    private final Map<Shape, StreamTemplate> templates = new HashMap<>();
    private Known last = new Known(new Shape(0, 0, 0), null); // of no chunk

    /** @param dt length of a step in seconds */
    public ChunkEncoder(double dt) {
        this(rasterMetadata(dt));
    }

    private ChunkEncoder(Map<String, String> metadata) {
        this.metadata = metadata;
    }

    /**
     * For recorded state.
     *
     * @param path what was recorded, such as {@code 1_LIF.vmem}; becomes the schema metadata {@code riffle.record}
     */
    public static ChunkEncoder forRecord(double dt, String path) {
        requireNonNull(path, "path is null");
        Map<String, String> metadata = rasterMetadata(dt);
        metadata.put(Formats.RECORD, path);
        return new ChunkEncoder(metadata);
    }

    /** @param chunk of any number of steps; without any it is a heartbeat */
    public byte[] encode(Chunk chunk) {
        if (chunk.isHeartbeat()) {
            return heartbeat(chunk);
        }
        if (!last.shape.describes(chunk)) {
            Shape shape = new Shape(chunk.run(), chunk.steps(), chunk.channels());
            last = new Known(shape, template(shape));
        }
        StreamTemplate template = last.template;
        byte[] value = template.newBytes();
        int stepsAt = template.position(STEP, DATA);
        for (int step = 0; step < chunk.steps(); step++) {
            LONGS.set(value, stepsAt + step * Long.BYTES, chunk.firstStep() + step);
        }
        ByteBuffer.wrap(value)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(template.position(VALUES, LIST_DATA))
                .asFloatBuffer()
                .put(chunk.values());
        return value;
    }

    static Map<String, String> rasterMetadata(double dt) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(Formats.FORMAT, Formats.RASTER);
        metadata.put(Formats.DT, TimeStep.format(TimeStep.checked(dt)));
        return metadata;
    }

    private StreamTemplate template(Shape shape) {
        StreamTemplate template = templates.get(shape);
        if (template == null) {
            if (templates.size() == MAX_TEMPLATES) {
                templates.clear();
            }
            TableSchema schema = schema(shape.channels(), metadata(shape.run()));
            template = new StreamTemplate(schema, BatchLayout.of(schema, shape.steps()));
            templates.put(shape, template);
        }
        return template;
    }

    /** No row says where the stream is, so the metadata does. */
    private byte[] heartbeat(Chunk chunk) {
        Map<String, String> said = metadata(chunk.run());
        said.put(Formats.FIRST_STEP, Long.toString(chunk.firstStep()));
        TableSchema schema = schema(chunk.channels(), said);
        return new StreamTemplate(schema, BatchLayout.of(schema, 0)).newValue().array();
    }

    private Map<String, String> metadata(long run) {
        Map<String, String> said = new LinkedHashMap<>(metadata);
        if (run > 0) {
            said.put(Formats.RUN, Long.toString(run));
        }
        return said;
    }

    private static TableSchema schema(int channels, Map<String, String> metadata) {
        return new TableSchema(
                List.of(
                        Column.of(Formats.STEP_COLUMN, ColumnType.INT64),
                        Column.floats(Formats.VALUES_COLUMN, channels)),
                metadata);
    }

    private record Shape(long run, int steps, int channels) {
        private boolean describes(Chunk chunk) {
            return steps == chunk.steps() && channels == chunk.channels() && run == chunk.run();
        }
    }

    private record Known(Shape shape, StreamTemplate template) {}
}
