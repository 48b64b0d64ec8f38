package io.riffle.schemas.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spoils records: bit flips, lies about lengths and numbers, parts cut off, cut out or doubled. */
public final class Mutation {
    private static final long[] LIES = {
        0,
        1,
        -1,
        7,
        255,
        1L << 16,
        1L << 20,
        1L << 28,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 40,
        1L << 62,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private Mutation() {}

    /** A spoilt copy; the same random numbers give the same. */
    public static byte[] of(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int change = random.nextInt(3); change >= 0; change--) {
            int position = random.nextInt(bytes.length);
            long lie = LIES[random.nextInt(LIES.length)];
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            switch (random.nextInt(5)) {
                case 0 -> bytes[position] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[position] = (byte) random.nextInt();
                case 2 -> buffer.putInt(Math.min(position & ~3, bytes.length - 4), (int) lie);
                case 3 -> buffer.putLong(Math.max(0, Math.min(position & ~7, bytes.length - 8)), lie);
                default -> {
                    if (bytes.length > 16 && random.nextInt(4) == 0) {
                        bytes = random.nextBoolean()
                                ? Arrays.copyOf(bytes, Math.max(16, position))
                                : joined(bytes, random.nextInt(bytes.length), position);
                    }
                }
            }
        }
        return bytes;
    }

    /** With some bytes cut out or doubled. */
    private static byte[] joined(byte[] bytes, int until, int from) {
        List<byte[]> parts = List.of(Arrays.copyOf(bytes, until), Arrays.copyOfRange(bytes, from, bytes.length));
        ByteBuffer joined = ByteBuffer.allocate(16 + until + bytes.length - from);
        parts.forEach(joined::put);
        return joined.array();
    }
}
