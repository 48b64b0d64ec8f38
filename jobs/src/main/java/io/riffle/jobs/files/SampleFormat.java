package io.riffle.jobs.files;

import io.riffle.sim.RiffleException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;

/** How sound stores one sample, and how it becomes a float from -1 to 1: whole numbers divided by 2^(bits - 1). */
enum SampleFormat {
    /** From 0 to 255, silence being 128. */
    UNSIGNED_8(1) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return (Byte.toUnsignedInt(bytes.get(index)) - 128) / 128f;
        }
    },
    SIGNED_16(2) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return bytes.getShort(index) / 32_768f;
        }
    },
    SIGNED_24(3) {
        @Override
        float at(ByteBuffer bytes, int index) {
            int low = Short.toUnsignedInt(bytes.getShort(index));
            return (bytes.get(index + 2) << 16 | low) / 8_388_608f;
        }
    },
    SIGNED_32(4) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return (float) (bytes.getInt(index) / 2_147_483_648d);
        }
    },
    FLOAT_32(4) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return bytes.getFloat(index);
        }
    },
    FLOAT_64(8) {
        @Override
        float at(ByteBuffer bytes, int index) {
            return (float) bytes.getDouble(index);
        }
    };

    private final int size;

    SampleFormat(int size) {
        this.size = size;
    }

    /** @param file for messages */
    static SampleFormat of(AudioFormat format, Path file) {
        Encoding encoding = format.getEncoding();
        int bits = format.getSampleSizeInBits();
        for (SampleFormat known : values()) {
            boolean same = encoding.equals(known.encoding()) && bits == 8 * known.size && !format.isBigEndian();
            if (same && format.getFrameSize() == known.size * format.getChannels()) {
                return known;
            }
        }
        throw new RiffleException(
                "%s holds samples of %d bits, %s, expected PCM of 8, 16, 24 or 32 bits, or floats, little-endian"
                        .formatted(file, bits, encoding));
    }

    private Encoding encoding() {
        if (name().startsWith("FLOAT")) {
            return Encoding.PCM_FLOAT;
        }
        return this == UNSIGNED_8 ? Encoding.PCM_UNSIGNED : Encoding.PCM_SIGNED;
    }

    abstract float at(ByteBuffer bytes, int index);

    /** Bytes of one sample. */
    int size() {
        return size;
    }

    /** Samples from the beginning of the bytes on. */
    void read(byte[] bytes, float[] values, int count) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int index = 0; index < count; index++) {
            values[index] = at(buffer, index * size);
        }
    }
}
