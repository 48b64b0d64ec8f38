package io.riffle.schemas;

/** {@code rejected/1}: one rejected record as a one-row Arrow IPC stream. */
public final class RejectedFormat {
    private RejectedFormat() {}

    public static byte[] encode(Rejected rejected) {
        throw new UnsupportedOperationException();
    }

    /** @throws BadChunkException if the value is not of this format */
    public static Rejected decode(byte[] value) {
        throw new UnsupportedOperationException();
    }
}
