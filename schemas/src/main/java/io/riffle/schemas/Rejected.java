package io.riffle.schemas;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Objects;

/**
 * A record that was not accepted: where it was, why, and its bytes.
 *
 * @param stream the record's key, or null if it had none
 * @param value the record's bytes, handed over and not copied; a null becomes empty
 */
public record Rejected(
        String topic, int partition, long offset, String stream, RejectReason reason, String message, byte[] value) {
    private static final byte[] NOTHING = {};

    public Rejected {
        requireNonNull(topic, "topic is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(message, "message is null");
        if (value == null) {
            value = NOTHING; // a tombstone: Kafka has records without a value, and they are rejected like any other
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rejected that
                && topic.equals(that.topic)
                && partition == that.partition
                && offset == that.offset
                && Objects.equals(stream, that.stream)
                && reason == that.reason
                && message.equals(that.message)
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, partition, offset, stream, reason, message, Arrays.hashCode(value));
    }

    /** {@code topic=spikes partition=3 offset=1042 stream=arm-7 reason=wrong_channels: message (1112 bytes)}. */
    @Override
    public String toString() {
        return "topic=%s partition=%d offset=%d stream=%s reason=%s: %s (%d bytes)"
                .formatted(topic, partition, offset, stream, reason.code(), message, value.length);
    }
}
