package io.riffle.operators;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.StateLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The binary form of a {@link StreamState}, big-endian:
 *
 * <pre>
 * +----------------+-----------+-----------+--
 * | next step: i64 | value 0   | value 1   | ..   as many float32 as the layout counts
 * +----------------+-----------+-----------+--
 * </pre>
 *
 * <p>The next step of a stream that is quarantined is stored as its complement, which is negative.
 *
 * <p>Names and shapes are not repeated for every stream: they stand once in the {@link StreamStateSnapshot}, together
 * with the version of this form.
 */
final class StreamStateSerializer extends TypeSerializer<StreamState> {
    private static final long serialVersionUID = 1L;

    private final transient StateLayout layout;
    private final transient String prefix;
    private final int count;
    private transient ByteBuffer form; // used again, so each thread has its own serializer
    private transient FloatBuffer formOfValues;

    StreamStateSerializer(StateLayout layout, String prefix) {
        this.layout = requireNonNull(layout, "layout is null");
        this.prefix = requireNonNull(prefix, "prefix is null");
        this.count = layout.count();
    }

    StateLayout layout() {
        return layout;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public TypeSerializer<StreamState> duplicate() {
        return new StreamStateSerializer(layout, prefix);
    }

    @Override
    public StreamState createInstance() {
        return new StreamState(0, new float[count]);
    }

    @Override
    public StreamState copy(StreamState from) {
        StreamState copy = new StreamState(from.nextStep, from.values.clone());
        copy.quarantined = from.quarantined;
        return copy;
    }

    @Override
    public StreamState copy(StreamState from, StreamState reuse) {
        return copy(from);
    }

    /** How many bytes one stream's state has. */
    static int bytes(StateLayout layout) {
        return Long.BYTES + layout.count() * Float.BYTES;
    }

    @Override
    public int getLength() {
        return Long.BYTES + count * Float.BYTES;
    }

    @Override
    public void serialize(StreamState record, DataOutputView target) throws IOException {
        if (record.values.length != count) {
            throw new IOException("a state has %d values, expected %d".formatted(record.values.length, count));
        }
        form().putLong(0, record.quarantined ? ~record.nextStep : record.nextStep);
        formOfValues.put(0, record.values);
        target.write(form.array());
    }

    @Override
    public StreamState deserialize(DataInputView source) throws IOException {
        source.readFully(form().array());
        long step = form.getLong(0);
        StreamState state = new StreamState(step < 0 ? ~step : step, new float[count]);
        state.quarantined = step < 0;
        formOfValues.get(0, state.values);
        return state;
    }

    private ByteBuffer form() {
        if (form == null) {
            form = ByteBuffer.allocate(getLength());
            formOfValues = form.slice(Long.BYTES, count * Float.BYTES).asFloatBuffer();
        }
        return form;
    }

    @Override
    public StreamState deserialize(StreamState reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        target.write(source, getLength());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreamStateSerializer serializer && layout.equals(serializer.layout);
    }

    @Override
    public int hashCode() {
        return layout.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<StreamState> snapshotConfiguration() {
        return new StreamStateSnapshot(layout, prefix);
    }
}
