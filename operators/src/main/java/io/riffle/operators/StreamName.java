package io.riffle.operators;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The name of a stream, which is the key of its records. */
final class StreamName {
    private StreamName() {}

    /** Null if the key is none; replaced characters would give different keys the same stream. */
    static String of(byte[] key) {
        if (key == null || key.length == 0) {
            return null;
        }
        if (isAscii(key)) { // as nearly all are; it needs no decoder
            return new String(key, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
        } catch (CharacterCodingException notText) {
            return null;
        }
    }

    private static boolean isAscii(byte[] key) {
        int all = 0;
        for (byte one : key) {
            all |= one;
        }
        return all >= 0;
    }

    /** Why a key is no name. */
    static String whyNone(byte[] key) {
        return key == null || key.length == 0
                ? "the record has no key, expected the stream's name"
                : "the record's key is not UTF-8, expected the stream's name";
    }
}
