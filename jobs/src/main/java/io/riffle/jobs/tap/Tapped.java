package io.riffle.jobs.tap;

import io.riffle.schemas.BadChunkException;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.schemas.DecodedChunk;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Rejected;
import io.riffle.schemas.RejectedFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a record turned out to be. */
public sealed interface Tapped {
    /** Steps of a stream: input, output, or recorded state. */
    record Values(DecodedChunk decoded, ConsumerRecord<String, byte[]> record) implements Tapped {
        /** The stream, and what was recorded of it. */
        public String name() {
            String stream = decoded.chunk().stream();
            return decoded.recordPath().map(path -> stream + " " + path).orElse(stream);
        }
    }

    /** A record that a job did not accept. */
    record Refused(Rejected rejected) implements Tapped {}

    /** None of our formats. */
    record Unreadable(String reason, ConsumerRecord<String, byte[]> record) implements Tapped {}

    static Tapped of(ConsumerRecord<String, byte[]> record) {
        String stream = record.key();
        try {
            if (stream == null || stream.isEmpty()) {
                // rejected records that had no key have none here either
                return new Refused(RejectedFormat.decode(record.value()));
            }
            return new Values(ChunkDecoder.anything().decodeWithMetadata(stream, record.value()), record);
        } catch (BadChunkException noChunk) {
            return noChunk.reason() == RejectReason.WRONG_SCHEMA && stream != null
                    ? refusedOrUnreadable(noChunk, record)
                    : new Unreadable(noChunk.getMessage(), record);
        }
    }

    private static Tapped refusedOrUnreadable(BadChunkException noChunk, ConsumerRecord<String, byte[]> record) {
        try {
            return new Refused(RejectedFormat.decode(record.value()));
        } catch (BadChunkException notEither) {
            return new Unreadable(noChunk.getMessage(), record);
        }
    }
}
