package io.riffle.operators.raster;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** One stream of samples, and what became of it. */
final class TestingRaster implements RasterOutlet {
    RasterState state;
    final List<Chunk> chunks = new ArrayList<>();
    final List<String> refused = new ArrayList<>();
    private final Rasteriser rasteriser;

    TestingRaster(RasterSettings settings, double dt, int channels) {
        rasteriser = new Rasteriser(settings, dt);
        state = RasterState.unknown(channels);
    }

    void arrive(Samples samples) {
        arrive(samples, 0);
    }

    void arrive(Samples samples, long timestamp) {
        rasteriser.arrive(samples, timestamp, state, this);
    }

    /** As if the job were stopped and started again. */
    void storeAndRestore() throws IOException {
        RasterStateSerializer serializer = new RasterStateSerializer(state.channels, 1);
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(state, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        state = serializer.deserialize(in);
        if (in.available() > 0) {
            throw new AssertionError(in.available() + " bytes are left");
        }
    }

    /** One channel, in seconds. */
    void arrive(double time, double value) {
        arrive(of(0, time, value));
    }

    void heartbeat(double seconds) {
        arrive(new Samples("a", state.run, state.channels, new long[0], new float[0]), Math.round(seconds * 1e3));
    }

    void finish() {
        rasteriser.finish("a", state, this);
    }

    /** One channel: time, value, time, value, .. */
    static Samples of(long run, double... timesAndValues) {
        long[] times = new long[timesAndValues.length / 2];
        float[] values = new float[times.length];
        for (int row = 0; row < times.length; row++) {
            times[row] = Math.round(timesAndValues[2 * row] * 1e9);
            values[row] = (float) timesAndValues[2 * row + 1];
        }
        return new Samples("a", run, 1, times, values);
    }

    @Override
    public void emit(Chunk chunk) {
        chunks.add(chunk);
    }

    @Override
    public void refuse(RejectReason reason, String message) {
        refused.add(reason.code() + ": " + message);
    }

    /** Of one channel: {@code 3=1.5 4=2.0}; a heartbeat is {@code 5..}. */
    String steps() {
        StringBuilder text = new StringBuilder();
        for (Chunk chunk : chunks) {
            if (chunk.isHeartbeat()) {
                text.append(" ").append(chunk.firstStep()).append("..");
            }
            for (int step = 0; step < chunk.steps(); step++) {
                text.append(" ").append(chunk.firstStep() + step).append('=').append(chunk.values()[step]);
            }
        }
        return text.toString().strip();
    }

    /** The bits of all steps, of which none came twice. */
    TreeMap<Long, List<Integer>> bits() {
        TreeMap<Long, List<Integer>> bits = new TreeMap<>();
        for (Chunk chunk : chunks) {
            for (int step = 0; step < chunk.steps(); step++) {
                List<Integer> values = new ArrayList<>();
                for (int channel = 0; channel < chunk.channels(); channel++) {
                    values.add(Float.floatToRawIntBits(chunk.values()[step * chunk.channels() + channel]));
                }
                if (!bits.isEmpty() && bits.lastKey() >= chunk.firstStep() + step) {
                    throw new AssertionError(
                            "step %d came after step %d".formatted(chunk.firstStep() + step, bits.lastKey()));
                }
                bits.put(chunk.firstStep() + step, values);
            }
        }
        return bits;
    }
}
