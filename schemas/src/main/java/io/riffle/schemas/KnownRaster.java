package io.riffle.schemas;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Where the data of a raster record lies: what stands before and behind the body of one that was read in full, and was
 * found to be well-formed. A record with the same bytes there, and of the same length, says the same of its body; of this
 * one only the data is left to be checked. Immutable.
 */
final class KnownRaster {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** A schema may hold long texts of others. */
    private static final int MOST_BYTES = 8 * 1024;

    private final int length;
    private final byte[] head;
    private final byte[] tail;
    private final long run;
    private final int steps;
    private final int channels;
    private final int stepAt;
    private final int valuesAt;

    private KnownRaster(byte[] value, ChunkSchema schema, RecordBatch batch, int bodyAt) {
        length = value.length;
        head = Arrays.copyOf(value, bodyAt);
        tail = Arrays.copyOfRange(value, bodyAt + batch.bodyLength(), length);
        run = schema.run();
        steps = batch.rows();
        channels = schema.channels();
        stepAt = bodyAt + batch.longsAt(schema.places().step());
        valuesAt = bodyAt + batch.listsAt(schema.places().values());
    }

    /**
     * What is known once a record has been decoded, or null if it is of a kind that is rare or never comes twice.
     *
     * @param batch the only one of the record, which is a stream and not a file
     * @param bodyAt where its body begins
     */
    static KnownRaster of(byte[] value, ChunkSchema schema, RecordBatch batch, long bodyAt) {
        boolean usual = batch.rows() > 0
                && batch.isPlain()
                && schema.isLasting()
                && schema.places().step() >= 0
                && value.length - batch.bodyLength() <= MOST_BYTES;
        return usual ? new KnownRaster(value, schema, batch, (int) bodyAt) : null;
    }

    boolean fits(byte[] value) {
        return value.length == length
                && Arrays.equals(value, 0, head.length, head, 0, head.length)
                && Arrays.equals(value, length - tail.length, length, tail, 0, tail.length);
    }

    /** The chunk of a record that fits, or null if something is wrong with its data. */
    Chunk decode(String stream, byte[] value) {
        long firstStep = (long) LONGS.get(value, stepAt);
        if (firstStep < 0 || firstStep > Long.MAX_VALUE - steps) {
            return null;
        }
        for (int step = 1; step < steps; step++) {
            if ((long) LONGS.get(value, stepAt + step * Long.BYTES) != firstStep + step) {
                return null;
            }
        }
        float[] values = new float[steps * channels];
        ByteBuffer.wrap(value, valuesAt, values.length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        if (Finite.firstNotFinite(values) >= 0) {
            return null;
        }
        return new Chunk(stream, run, firstStep, steps, channels, values);
    }
}
