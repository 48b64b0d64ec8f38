package io.riffle.operators;

import io.riffle.operators.elements.OutboundRecord;
import io.riffle.operators.elements.RawRecord;
import io.riffle.schemas.Notice;
import io.riffle.schemas.NoticeFormat;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Rejected;
import io.riffle.schemas.RejectedFormat;
import java.nio.charset.StandardCharsets;

/** Records of the topics beside the output. */
final class Outbound {
    private Outbound() {}

    /** @param stream its name, or null if the record has none */
    static OutboundRecord rejected(RawRecord record, String stream, RejectReason reason, String message) {
        Rejected rejected = new Rejected(
                record.topic(), record.partition(), record.offset(), stream, reason, message, record.value());
        return new OutboundRecord(record.key(), RejectedFormat.encode(rejected), record.timestamp());
    }

    static OutboundRecord notice(Notice notice, long timestamp) {
        byte[] key = notice.stream().getBytes(StandardCharsets.UTF_8);
        return new OutboundRecord(key, NoticeFormat.encode(notice), timestamp);
    }
}
