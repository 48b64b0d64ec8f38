package io.riffle.operators;

import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.StateLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a savepoint says about the states that it holds: the version of their binary form, and the name and shape of each
 * state. A module whose states have other names or shapes does not start from it; where it stands in its network, which the
 * names begin with, may have changed.
 */
public final class StreamStateSnapshot implements TypeSerializerSnapshot<StreamState> {
    /** Next step, then the values of all states as float32. */
    private static final int VERSION_1 = 1;

    private final String prefix;
    private StateLayout layout;

    /** For Flink, which reads the rest afterwards. */
    public StreamStateSnapshot() {
        this(new StateLayout(List.of()), "");
    }

    /** @param prefix of all paths that only says where the module stands; not stored */
    StreamStateSnapshot(StateLayout layout, String prefix) {
        this.layout = layout;
        this.prefix = prefix;
    }

    /** What the states are called, and their shapes. */
    public StateLayout layout() {
        return layout;
    }

    @Override
    public int getCurrentVersion() {
        return VERSION_1;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeInt(layout.entries().size());
        for (StateLayout.Entry entry : layout.entries()) {
            out.writeUTF(entry.path());
            out.writeInt(entry.shape().rank());
            for (int size : entry.shape().toArray()) {
                out.writeInt(size);
            }
        }
    }

    @Override
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader userCodeClassLoader) throws IOException {
        if (readVersion != VERSION_1) {
            throw new IOException("the stored state has version %d, but this Riffle reads versions up to %d"
                    .formatted(readVersion, VERSION_1));
        }
        List<StateLayout.Entry> entries = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String path = in.readUTF();
            int[] sizes = new int[in.readInt()];
            for (int dimension = 0; dimension < sizes.length; dimension++) {
                sizes[dimension] = in.readInt();
            }
            entries.add(new StateLayout.Entry(path, Shape.of(sizes)));
        }
        layout = new StateLayout(entries);
    }

    @Override
    public TypeSerializer<StreamState> restoreSerializer() {
        return new StreamStateSerializer(layout, prefix);
    }

    @Override
    public TypeSerializerSchemaCompatibility<StreamState> resolveSchemaCompatibility(
            TypeSerializerSnapshot<StreamState> old) {
        if (!(old instanceof StreamStateSnapshot stored)) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        if (!new ModuleStates("", prefix, layout).continues(stored.layout)) {
            // Flink's own message would name neither.
            throw new RiffleException("the stored state is %s, but the network has %s".formatted(stored, this));
        }
        return TypeSerializerSchemaCompatibility.compatibleAsIs();
    }

    /** {@code [1_LIF.vmem (4,), 1_LIF.isyn (4, 1)]}. */
    @Override
    public String toString() {
        return ModuleStates.text(layout);
    }
}
