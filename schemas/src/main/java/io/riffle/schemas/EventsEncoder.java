package io.riffle.schemas;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sparse events to Kafka value: {@code events/1}, one Arrow IPC stream of one batch.
 *
 * <p>The same events give the same bytes. An encoder may serve several threads.
 */
public final class EventsEncoder {
    private static final int STEP = 0;
    private static final int CHANNEL = 1;
    private static final int COUNT = 2;
    private static final int DATA = 1;
    private static final List<Column> COLUMNS = List.of(
            Column.of(Formats.STEP_COLUMN, ColumnType.INT64),
            Column.of(Formats.CHANNEL_COLUMN, ColumnType.INT32),
            Column.of(Formats.COUNT_COLUMN, ColumnType.FLOAT32));

    private final String dt;

    /** @param dt length of a step in seconds */
    public EventsEncoder(double dt) {
        this.dt = TimeStep.format(TimeStep.checked(dt));
    }

    /** The values that are not zero, as events. */
    public byte[] encode(Chunk chunk) {
        return encode(Events.of(chunk));
    }

    /** @param events of any number; over no step they are a heartbeat */
    public byte[] encode(Events events) {
        TableSchema schema = new TableSchema(COLUMNS, metadata(events));
        StreamTemplate template = new StreamTemplate(schema, BatchLayout.of(schema, events.step().length));
        ByteBuffer value = template.newValue();
        value.position(template.position(STEP, DATA)).asLongBuffer().put(events.step());
        value.position(template.position(CHANNEL, DATA)).asIntBuffer().put(events.channel());
        value.position(template.position(COUNT, DATA)).asFloatBuffer().put(events.count());
        return value.array();
    }

    private Map<String, String> metadata(Events events) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(Formats.FORMAT, Formats.EVENTS);
        metadata.put(Formats.DT, dt);
        metadata.put(Formats.CHANNELS, Integer.toString(events.channels()));
        if (events.run() > 0) {
            metadata.put(Formats.RUN, Long.toString(events.run()));
        }
        metadata.put(Formats.FIRST_STEP, Long.toString(events.firstStep()));
        metadata.put(Formats.STEPS, Integer.toString(events.steps()));
        return metadata;
    }
}
