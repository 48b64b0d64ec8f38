package io.riffle.jobs.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Bytes of WAV files. */
final class TestingWav {
    private TestingWav() {}

    /** @param code 1: PCM, 3: float, 6: A-law */
    static byte[] file(int code, int channels, int rate, int bits, byte[] samples) {
        int frame = channels * bits / 8;
        ByteBuffer bytes = ByteBuffer.allocate(44 + samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + samples.length);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        bytes.putShort((short) code).putShort((short) channels).putInt(rate).putInt(rate * frame);
        bytes.putShort((short) frame).putShort((short) bits);
        bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(samples.length);
        return bytes.put(samples).array();
    }
}
