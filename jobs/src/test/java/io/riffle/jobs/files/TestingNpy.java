package io.riffle.jobs.files;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Bytes of {@code .npy} files, as NumPy writes them. */
final class TestingNpy {
    private TestingNpy() {}

    static byte[] file(String descr, boolean fortran, String shape, byte[] values) {
        return file(
                1,
                "{'descr': %s, 'fortran_order': %s, 'shape': %s, }"
                        .formatted(
                                descr.startsWith("[") ? descr : "'" + descr + "'", fortran ? "True" : "False", shape),
                values);
    }

    static byte[] file(int version, String header, byte[] values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        byte[] text = (header + "\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer length = ByteBuffer.allocate(version == 1 ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN);
        out.writeBytes(
                version == 1
                        ? length.putShort((short) text.length).array()
                        : length.putInt(text.length).array());
        out.writeBytes(text);
        out.writeBytes(values);
        return out.toByteArray();
    }

    static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
