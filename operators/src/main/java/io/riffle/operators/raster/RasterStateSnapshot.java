package io.riffle.operators.raster;

import io.riffle.sim.RiffleException;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a savepoint says about the samples that it holds: the version of their binary form, their channels, and how long
 * the steps are that were counted. A network with others does not start from it; another rule, lateness or gap does.
 */
public final class RasterStateSnapshot implements TypeSerializerSnapshot<RasterState> {
    private static final int VERSION_1 = 1;

    private int channels;
    private long dt;

    /** For Flink, which reads the rest afterwards. */
    public RasterStateSnapshot() {
        this(1, 1);
    }

    RasterStateSnapshot(int channels, long dt) {
        this.channels = channels;
        this.dt = dt;
    }

    @Override
    public int getCurrentVersion() {
        return VERSION_1;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeInt(channels);
        out.writeLong(dt);
    }

    @Override
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader userCodeClassLoader) throws IOException {
        if (readVersion != VERSION_1) {
            throw new IOException("the stored samples have version %d, but this Riffle reads versions up to %d"
                    .formatted(readVersion, VERSION_1));
        }
        channels = in.readInt();
        dt = in.readLong();
    }

    @Override
    public TypeSerializer<RasterState> restoreSerializer() {
        return new RasterStateSerializer(channels, dt);
    }

    @Override
    public TypeSerializerSchemaCompatibility<RasterState> resolveSchemaCompatibility(
            TypeSerializerSnapshot<RasterState> old) {
        if (!(old instanceof RasterStateSnapshot stored)) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        if (stored.channels != channels || stored.dt != dt) {
            // Flink's own message would name neither.
            throw new RiffleException("the stored samples have %s, but the network takes %s".formatted(stored, this));
        }
        return TypeSerializerSchemaCompatibility.compatibleAsIs();
    }

    /** {@code 16 channels in steps of 1000000 ns}. */
    @Override
    public String toString() {
        return "%d channels in steps of %d ns".formatted(channels, dt);
    }
}
