package io.riffle.operators.elements;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The binary form of an {@link Arrival}, in state and between machines, big-endian: the record that it came in, which is
 * decoded again on the other side. The record has to be there anyway, because a chunk may still be rejected, and decoding
 * costs no more than a second form of the values. Only a chunk that was derived from its record follows it:
 *
 * <pre>
 * record | derived: u8 (0 or 1) | run: i64 | first step: i64 | steps: i32 | channels: i32 | values: f32 ..
 * </pre>
 */
public final class ArrivalSerializer extends TypeSerializer<Arrival> {
    private static final long serialVersionUID = 1L;

    private transient ChunkDecoder decoder;

    @Override
    public void serialize(Arrival arrival, DataOutputView target) throws IOException {
        RawRecordSerializer.INSTANCE.serialize(arrival.record(), target);
        target.writeBoolean(arrival.derived());
        if (arrival.derived()) {
            Chunk chunk = arrival.chunk();
            target.writeLong(chunk.run());
            target.writeLong(chunk.firstStep());
            target.writeInt(chunk.steps());
            target.writeInt(chunk.channels());
            for (float value : chunk.values()) {
                target.writeFloat(value);
            }
        }
    }

    @Override
    public Arrival deserialize(DataInputView source) throws IOException {
        RawRecord record = RawRecordSerializer.INSTANCE.deserialize(source);
        String stream = new String(record.key(), StandardCharsets.UTF_8);
        if (source.readBoolean()) {
            return new Arrival(chunk(stream, source), record, true);
        }
        if (decoder == null) {
            decoder = ChunkDecoder.anything();
        }
        return new Arrival(decoder.decodePayload(stream, record.value()), record);
    }

    private static Chunk chunk(String stream, DataInputView source) throws IOException {
        long run = source.readLong();
        long firstStep = source.readLong();
        int steps = source.readInt();
        int channels = source.readInt();
        float[] values = new float[steps * channels];
        for (int i = 0; i < values.length; i++) {
            values[i] = source.readFloat();
        }
        return new Chunk(stream, run, firstStep, steps, channels, values);
    }

    @Override
    public Arrival deserialize(Arrival reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<Arrival> duplicate() {
        return new ArrivalSerializer(); // a decoder keeps what it learned last, so each thread has its own
    }

    @Override
    public Arrival createInstance() {
        return null;
    }

    @Override
    public Arrival copy(Arrival from) {
        return from;
    }

    @Override
    public Arrival copy(Arrival from, Arrival reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArrivalSerializer;
    }

    @Override
    public int hashCode() {
        return ArrivalSerializer.class.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<Arrival> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The form never changes; another one gets a serializer of its own. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Arrival> {
        public Snapshot() {
            super(ArrivalSerializer::new);
        }
    }
}
