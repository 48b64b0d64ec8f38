package io.riffle.jobs.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Bytes of AEDAT files; an event is micros, x, y, polarity. */
final class TestingAedat {
    private TestingAedat() {}

    static byte[] version2(String camera, int[]... events) {
        boolean small = camera.equals("DVS128");
        byte[] header = ("#!AER-DAT2.0\r\n# This is a raw AE data file\r\n# AEChip: " + camera + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(header.length + 8 * (events.length + 1));
        bytes.put(header);
        bytes.putInt(small ? 1 << 15 : 1 << 31).putInt(events[0][0]); // of another kind
        for (int[] event : events) {
            int address =
                    small ? event[2] << 8 | event[1] << 1 | event[3] : event[2] << 22 | event[1] << 12 | event[3] << 11;
            bytes.putInt(address).putInt(event[0]);
        }
        return bytes.array();
    }

    static byte[] version3(String camera, int[]... events) {
        byte[] header = ("#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: " + camera
                        + "\r\n#Start-Time: 2016-04-01 12:00:00\r\n#!END-HEADER\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(header.length + 28 + 16 + 28 + 8 * events.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(header);
        packet(bytes, 0, 16, 1).put(new byte[16]); // of another kind
        packet(bytes, 1, 8, events.length);
        for (int[] event : events) {
            bytes.putInt(event[1] << 17 | event[2] << 2 | event[3] << 1 | 1).putInt(event[0]);
        }
        return bytes.array();
    }

    private static ByteBuffer packet(ByteBuffer bytes, int type, int size, int count) {
        bytes.putShort((short) type).putShort((short) 1).putInt(size).putInt(4).putInt(0);
        return bytes.putInt(count).putInt(count).putInt(count);
    }
}
