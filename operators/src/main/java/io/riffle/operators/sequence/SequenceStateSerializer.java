package io.riffle.operators.sequence;

import io.riffle.operators.sequence.SequenceState.Waiting;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The binary form of a {@link SequenceState}, big-endian:
 *
 * <pre>
 * flags: u8 (1 known, 2 started, 4 fresh) | run: i64 | taken from: i64 | next step: i64 | last timestamp: i64
 * seen at: i64 | gap timer: i64 | count: i32 | last values: f32 ..
 * count: i32 | waiting: (first step: i64 | end step: i64 | timestamp: i64 | bytes: i32) ..
 * </pre>
 */
public final class SequenceStateSerializer extends TypeSerializerSingleton<SequenceState> {
    public static final SequenceStateSerializer INSTANCE = new SequenceStateSerializer();
    private static final long serialVersionUID = 1L;

    private static final int KNOWN = 1;
    private static final int STARTED = 2;
    private static final int FRESH = 4;

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public SequenceState createInstance() {
        return SequenceState.unknown();
    }

    @Override
    public SequenceState copy(SequenceState from) {
        SequenceState copy = SequenceState.unknown();
        copy.known = from.known;
        copy.started = from.started;
        copy.fresh = from.fresh;
        copy.run = from.run;
        copy.takenFrom = from.takenFrom;
        copy.nextStep = from.nextStep;
        copy.lastTimestamp = from.lastTimestamp;
        copy.seenAt = from.seenAt;
        copy.gapTimer = from.gapTimer;
        copy.lastValues = from.lastValues; // replaced, never written to
        copy.waiting.addAll(from.waiting);
        return copy;
    }

    @Override
    public SequenceState copy(SequenceState from, SequenceState reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(SequenceState state, DataOutputView target) throws IOException {
        target.writeByte((state.known ? KNOWN : 0) | (state.started ? STARTED : 0) | (state.fresh ? FRESH : 0));
        target.writeLong(state.run);
        target.writeLong(state.takenFrom);
        target.writeLong(state.nextStep);
        target.writeLong(state.lastTimestamp);
        target.writeLong(state.seenAt);
        target.writeLong(state.gapTimer);
        target.writeInt(state.lastValues.length);
        for (float value : state.lastValues) {
            target.writeFloat(value);
        }
        target.writeInt(state.waiting.size());
        for (Waiting one : state.waiting) {
            target.writeLong(one.firstStep());
            target.writeLong(one.endStep());
            target.writeLong(one.timestamp());
            target.writeInt(one.bytes());
        }
    }

    @Override
    public SequenceState deserialize(DataInputView source) throws IOException {
        SequenceState state = SequenceState.unknown();
        int flags = source.readUnsignedByte();
        state.known = (flags & KNOWN) != 0;
        state.started = (flags & STARTED) != 0;
        state.fresh = (flags & FRESH) != 0;
        state.run = source.readLong();
        state.takenFrom = source.readLong();
        state.nextStep = source.readLong();
        state.lastTimestamp = source.readLong();
        state.seenAt = source.readLong();
        state.gapTimer = source.readLong();
        int channels = source.readInt();
        if (channels > 0) {
            state.lastValues = new float[channels];
            for (int channel = 0; channel < channels; channel++) {
                state.lastValues[channel] = source.readFloat();
            }
        }
        int waiting = source.readInt();
        for (int i = 0; i < waiting; i++) {
            state.waiting.add(new Waiting(source.readLong(), source.readLong(), source.readLong(), source.readInt()));
        }
        return state;
    }

    @Override
    public SequenceState deserialize(SequenceState reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<SequenceState> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The version of the form, for states that are restored. */
    public static final class Snapshot implements TypeSerializerSnapshot<SequenceState> {
        private static final int VERSION_1 = 1;

        @Override
        public int getCurrentVersion() {
            return VERSION_1;
        }

        @Override
        public void writeSnapshot(DataOutputView out) {
            // the version says all
        }

        @Override
        public void readSnapshot(int readVersion, DataInputView in, ClassLoader userCodeClassLoader)
                throws IOException {
            if (readVersion != VERSION_1) {
                throw new IOException(
                        "the stored places of the streams have version %d, but this Riffle reads versions up to %d"
                                .formatted(readVersion, VERSION_1));
            }
        }

        @Override
        public TypeSerializer<SequenceState> restoreSerializer() {
            return INSTANCE;
        }

        @Override
        public TypeSerializerSchemaCompatibility<SequenceState> resolveSchemaCompatibility(
                TypeSerializerSnapshot<SequenceState> old) {
            return old instanceof Snapshot
                    ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                    : TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
