package io.riffle.jobs.files;

import io.riffle.sim.RiffleException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How NumPy stores one number, and how it becomes a float: rounded to the nearest. */
final class NpyType {
    private static final Pattern DESCRIPTION = Pattern.compile("([<>|=]?)([a-zA-Z?])(\\d*)");
    private static final Map<String, Reader> READERS = Map.ofEntries(
            Map.entry("f2", (bytes, at) -> halfToFloat(bytes.getShort(at))),
            Map.entry("f4", ByteBuffer::getFloat),
            Map.entry("f8", (bytes, at) -> (float) bytes.getDouble(at)),
            Map.entry("i1", ByteBuffer::get),
            Map.entry("i2", ByteBuffer::getShort),
            Map.entry("i4", ByteBuffer::getInt),
            Map.entry("i8", ByteBuffer::getLong),
            Map.entry("u1", (bytes, at) -> Byte.toUnsignedInt(bytes.get(at))),
            Map.entry("u2", (bytes, at) -> Short.toUnsignedInt(bytes.getShort(at))),
            Map.entry("u4", (bytes, at) -> Integer.toUnsignedLong(bytes.getInt(at))),
            Map.entry("u8", (bytes, at) -> unsignedToFloat(bytes.getLong(at))),
            Map.entry("b1", (bytes, at) -> bytes.get(at) == 0 ? 0 : 1));

    private final int size;
    private final ByteOrder order;
    private final Reader reader;

    private interface Reader {
        float at(ByteBuffer bytes, int index);
    }

    private NpyType(int size, ByteOrder order, Reader reader) {
        this.size = size;
        this.order = order;
        this.reader = reader;
    }

    /** @param description as {@code <f4}, {@code >i2}, {@code |b1} */
    static NpyType of(String description, Path file) {
        Matcher matcher = DESCRIPTION.matcher(description);
        Reader reader = matcher.matches() ? READERS.get(matcher.group(2) + matcher.group(3)) : null;
        if (reader == null) {
            throw new RiffleException(
                    "%s holds values of the type '%s', expected floats (f2, f4, f8), whole numbers (i1 to i8, u1 to u8) or bool"
                            .formatted(file, description));
        }
        ByteOrder order = matcher.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NpyType(Integer.parseInt(matcher.group(3)), order, reader);
    }

    /** Bytes of one number. */
    int size() {
        return size;
    }

    /** Numbers from the beginning of the bytes on. */
    void read(ByteBuffer bytes, float[] values, int count) {
        bytes.order(order);
        for (int index = 0; index < count; index++) {
            values[index] = reader.at(bytes, index * size);
        }
    }

    private static float unsignedToFloat(long bits) {
        // half of it, with the bit that is lost kept for rounding
        return bits >= 0 ? bits : 2 * (float) (bits >>> 1 | bits & 1);
    }

    private static float halfToFloat(short half) {
        int exponent = half >> 10 & 0x1f;
        int fraction = half & 0x3ff;
        float magnitude;
        if (exponent == 0) {
            magnitude = fraction * 0x1p-24f;
        } else if (exponent == 0x1f) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else {
            magnitude = Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
        }
        return half < 0 ? -magnitude : magnitude;
    }
}
