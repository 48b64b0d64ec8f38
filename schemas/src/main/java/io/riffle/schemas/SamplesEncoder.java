package io.riffle.schemas;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Samples to Kafka value: {@code samples/1}, one Arrow IPC stream of one batch.
 *
 * <p>The same samples give the same bytes.
 */
public final class SamplesEncoder {
    private static final int TIME = 0;
    private static final int VALUES = 1;
    private static final int DATA = 1;
    private static final int LIST_DATA = 2;

    private SamplesEncoder() {}

    /** @param samples of any number; none are a heartbeat */
    public static byte[] encode(Samples samples) {
        TableSchema schema = new TableSchema(
                List.of(Column.time(Formats.TIME_COLUMN), Column.floats(Formats.VALUES_COLUMN, samples.channels())),
                metadata(samples.run()));
        StreamTemplate template = new StreamTemplate(schema, BatchLayout.of(schema, samples.size()));
        ByteBuffer value = template.newValue();
        value.position(template.position(TIME, DATA)).asLongBuffer().put(samples.times());
        value.position(template.position(VALUES, LIST_DATA)).asFloatBuffer().put(samples.values());
        return value.array();
    }

    private static Map<String, String> metadata(long run) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(Formats.FORMAT, Formats.SAMPLES);
        if (run > 0) {
            metadata.put(Formats.RUN, Long.toString(run));
        }
        return metadata;
    }
}
