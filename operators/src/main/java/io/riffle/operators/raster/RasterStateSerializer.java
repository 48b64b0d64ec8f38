package io.riffle.operators.raster;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The binary form of a {@link RasterState}, big-endian:
 *
 * <pre>
 * known: u8 | run: i64 | latest: i64 | alive: i64 | next step: i64 | held time: i64 | last timestamp: i64 | seen at: i64
 * held: f32 for each channel
 * waiting: i32 | time: i64 for each of them | values: f32 for each of them and each channel
 * </pre>
 *
 * <p>The number of channels, and the length of a step, stand once in the {@link RasterStateSnapshot}.
 */
public final class RasterStateSerializer extends TypeSerializer<RasterState> {
    private static final long serialVersionUID = 1L;
    private static final int FIXED = 1 + 7 * Long.BYTES + Integer.BYTES;

    private final int channels;
    private final long dt;

    /** @param dt length of a step in ns */
    public RasterStateSerializer(int channels, long dt) {
        this.channels = channels;
        this.dt = dt;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public TypeSerializer<RasterState> duplicate() {
        return this; // it keeps nothing between calls
    }

    @Override
    public RasterState createInstance() {
        return RasterState.unknown(channels);
    }

    @Override
    public RasterState copy(RasterState from) {
        return from.copy();
    }

    @Override
    public RasterState copy(RasterState from, RasterState reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(RasterState state, DataOutputView target) throws IOException {
        WaitingSamples waiting = state.waiting;
        if (state.channels != channels) {
            throw new IOException("a state has %d channels, expected %d".formatted(state.channels, channels));
        }
        ByteBuffer bytes = ByteBuffer.allocate(
                Math.toIntExact(FIXED + (long) channels * Float.BYTES + waiting.bytes(waiting.size())));
        bytes.put((byte) (state.known ? 1 : 0));
        bytes.putLong(state.run);
        bytes.putLong(state.latest);
        bytes.putLong(state.alive);
        bytes.putLong(state.nextStep);
        bytes.putLong(state.heldTime);
        bytes.putLong(state.lastTimestamp);
        bytes.putLong(state.seenAt);
        put(bytes, state.held);
        bytes.putInt(waiting.size());
        bytes.asLongBuffer().put(waiting.times());
        bytes.position(bytes.position() + waiting.size() * Long.BYTES);
        put(bytes, waiting.values());
        target.write(bytes.array());
    }

    private static void put(ByteBuffer bytes, float[] values) {
        bytes.asFloatBuffer().put(values);
        bytes.position(bytes.position() + values.length * Float.BYTES);
    }

    @Override
    public RasterState deserialize(DataInputView source) throws IOException {
        RasterState state = RasterState.unknown(channels);
        state.known = source.readBoolean();
        state.run = source.readLong();
        state.latest = source.readLong();
        state.alive = source.readLong();
        state.nextStep = source.readLong();
        state.heldTime = source.readLong();
        state.lastTimestamp = source.readLong();
        state.seenAt = source.readLong();
        read(source, channels * Float.BYTES).asFloatBuffer().get(state.held);
        long[] times = new long[source.readInt()];
        read(source, Math.multiplyExact(times.length, Long.BYTES))
                .asLongBuffer()
                .get(times);
        float[] values = new float[Math.multiplyExact(times.length, channels)];
        read(source, Math.multiplyExact(values.length, Float.BYTES))
                .asFloatBuffer()
                .get(values);
        state.waiting.set(new WaitingSamples(channels, times, values));
        return state;
    }

    private static ByteBuffer read(DataInputView source, int length) throws IOException {
        byte[] bytes = new byte[length];
        source.readFully(bytes);
        return ByteBuffer.wrap(bytes);
    }

    @Override
    public RasterState deserialize(RasterState reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RasterStateSerializer that && channels == that.channels && dt == that.dt;
    }

    @Override
    public int hashCode() {
        return 31 * channels + Long.hashCode(dt);
    }

    @Override
    public TypeSerializerSnapshot<RasterState> snapshotConfiguration() {
        return new RasterStateSnapshot(channels, dt);
    }
}
