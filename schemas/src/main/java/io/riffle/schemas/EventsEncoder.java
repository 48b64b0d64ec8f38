package io.riffle.schemas;

/** Sparse events to Kafka value: {@code events/1}. */
public final class EventsEncoder {
    /** @param dt length of a step in seconds */
    public EventsEncoder(double dt) {}

    /** The values that are not zero, as events. */
    public byte[] encode(Chunk chunk) {
        return encode(Events.of(chunk));
    }

    /** One Arrow IPC stream. */
    public byte[] encode(Events events) {
        throw new UnsupportedOperationException();
    }
}
