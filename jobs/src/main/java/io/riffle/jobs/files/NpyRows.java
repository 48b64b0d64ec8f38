package io.riffle.jobs.files;

import io.riffle.sim.RiffleException;
import java.nio.ByteBuffer;
import java.util.OptionalDouble;

/**
 * The array of a {@code .npy} file. In C order it is read piece by piece; in Fortran order the rows are all over the file,
 * so it is read as a whole.
 */
final class NpyRows implements Rows {
    /** 1 GiB as floats. */
    private static final long MOST_IN_MEMORY = 1 << 28;

    private final ByteReader bytes;
    private final NpyType type;
    private final ArrayShape shape;
    /** In Fortran order, else null. */
    private final float[] whole;

    private int stream;
    private long row;

    /** @param bytes is closed with the rows */
    NpyRows(ByteReader bytes) {
        this.bytes = bytes;
        NpyHeader header = NpyHeader.read(bytes);
        type = header.type();
        shape = ArrayShape.of(header.shape(), bytes.file());
        whole = header.fortran() && header.shape().length > 1 ? readWhole() : null;
    }

    private float[] readWhole() {
        if (shape.values() > MOST_IN_MEMORY) {
            throw new RiffleException(
                    "%s is in Fortran order and holds %d values, expected at most %d, or C order (numpy.ascontiguousarray), of any size"
                            .formatted(bytes.file(), shape.values(), MOST_IN_MEMORY));
        }
        int count = (int) shape.values();
        ByteBuffer all = read((long) count * type.size());
        float[] values = new float[count];
        type.read(all, values, count);
        return values;
    }

    private ByteBuffer read(long count) {
        if (count > Integer.MAX_VALUE - Long.BYTES) {
            throw new RiffleException("%s is in Fortran order and has %d bytes, expected at most %d"
                    .formatted(bytes.file(), count, Integer.MAX_VALUE - Long.BYTES));
        }
        return bytes.read((int) count, "its values");
    }

    @Override
    public boolean isBatch() {
        return shape.batch();
    }

    @Override
    public int streams() {
        return shape.streams();
    }

    @Override
    public int channels() {
        return shape.channels();
    }

    @Override
    public int read(float[] values, int most) {
        int rows = (int) Math.min(most, shape.steps() - row);
        if (rows == 0) {
            row = 0;
            stream++;
            if (stream == shape.streams()) {
                checkEnd();
            }
            return 0;
        }
        int count = rows * shape.channels();
        if (whole == null) {
            type.read(bytes.read(count * type.size(), "its values"), values, count);
        } else {
            gather(values, count);
        }
        row += rows;
        return rows;
    }

    private void gather(float[] values, int count) {
        for (int cell = 0; cell < count; cell++) {
            long step = row + cell / shape.channels();
            long channel = cell % shape.channels();
            values[cell] = whole[(int) ((channel * shape.steps() + step) * shape.streams() + stream)];
        }
    }

    private void checkEnd() {
        if (bytes.peek(1).length > 0) {
            throw new RiffleException("%s goes on behind its array, expected one array in it".formatted(bytes.file()));
        }
    }

    @Override
    public OptionalDouble dt() {
        return OptionalDouble.empty();
    }

    @Override
    public double share() {
        return bytes.share();
    }

    @Override
    public void close() {
        bytes.close();
    }
}
