package io.riffle.schemas;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.RiffleException;
import java.nio.ByteBuffer;
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
    private static final int STEP = 0;
    private static final int VALUES = 1;
    private static final int DATA = 1;
    private static final int LIST_DATA = 2;
    /** A stream has few shapes; should there be many, they are built again rather than kept. */
    private static final int MAX_TEMPLATES = 256;

    private final Map<String, String> metadata;
    private final Map<Shape, StreamTemplate> templates = new HashMap<>();

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

    /** @param chunk of at least one step */
    public byte[] encode(Chunk chunk) {
        if (chunk.steps() == 0) {
            throw new RiffleException("got %s, expected at least one step to encode".formatted(chunk));
        }
        StreamTemplate template = template(new Shape(chunk.steps(), chunk.channels()));
        ByteBuffer value = template.newValue();
        int position = template.position(STEP, DATA);
        for (long step = chunk.firstStep(); step < chunk.endStep(); step++) {
            value.putLong(position, step);
            position += Long.BYTES;
        }
        value.position(template.position(VALUES, LIST_DATA));
        value.asFloatBuffer().put(chunk.values());
        return value.array();
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
            TableSchema schema = new TableSchema(
                    List.of(
                            Column.of(Formats.STEP_COLUMN, ColumnType.INT64),
                            Column.floats(Formats.VALUES_COLUMN, shape.channels())),
                    metadata);
            template = new StreamTemplate(schema, BatchLayout.of(schema, shape.steps()));
            templates.put(shape, template);
        }
        return template;
    }

    private record Shape(int steps, int channels) {}
}
