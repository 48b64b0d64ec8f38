package io.riffle.jobs.tap;

import io.riffle.schemas.BadChunkException;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.schemas.DecodedChunk;
import io.riffle.schemas.Formats;
import io.riffle.schemas.Notice;
import io.riffle.schemas.NoticeFormat;
import io.riffle.schemas.Rejected;
import io.riffle.schemas.RejectedFormat;
import io.riffle.schemas.Samples;
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

    /** Samples of a stream at any times. */
    record Measured(Samples samples, ConsumerRecord<String, byte[]> record) implements Tapped {}

    /** Something that a job decided about a stream. */
    record Noticed(Notice notice) implements Tapped {}

    /** A record that a job did not accept. */
    record Refused(Rejected rejected) implements Tapped {}

    /** None of our formats. */
    record Unreadable(String reason, ConsumerRecord<String, byte[]> record) implements Tapped {}

    static Tapped of(ConsumerRecord<String, byte[]> record) {
        try {
            return ofFormat(record);
        } catch (BadChunkException noneOfOurs) {
            return new Unreadable(noneOfOurs.getMessage(), record);
        }
    }

    private static Tapped ofFormat(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return new Unreadable("the record has no value", record);
        }
        String format = Formats.of(record.value()).orElse("");
        if (format.equals(Formats.REJECTED)) {
            return new Refused(RejectedFormat.decode(record.value())); // without a key if what was rejected has none
        }
        if (format.equals(Formats.NOTICE)) {
            return new Noticed(NoticeFormat.decode(record.value()));
        }
        String stream = record.key();
        if (stream == null || stream.isEmpty()) {
            return new Unreadable("the record has no key, expected the stream's name", record);
        }
        ChunkDecoder decoder = ChunkDecoder.anything();
        return format.equals(Formats.SAMPLES)
                ? new Measured((Samples) decoder.decodePayload(stream, record.value()), record)
                : new Values(decoder.decodeWithMetadata(stream, record.value()), record);
    }
}
