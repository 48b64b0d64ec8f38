package io.riffle.operators.sequence;

import io.riffle.operators.elements.RawRecord;
import io.riffle.schemas.Notice;
import io.riffle.schemas.NoticeKind;

/** Tells what was decided. */
final class Notices {
    private Notices() {}

    /** @param record that made it necessary */
    static void send(
            NoticeKind kind,
            String stream,
            long run,
            long firstStep,
            long steps,
            RawRecord record,
            String message,
            Outlet out) {
        Notice notice = new Notice(
                stream, kind, run, firstStep, steps, record.topic(), record.partition(), record.offset(), message);
        out.notice(notice, record.timestamp());
    }
}
