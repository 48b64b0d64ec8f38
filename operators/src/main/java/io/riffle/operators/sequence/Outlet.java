package io.riffle.operators.sequence;

import io.riffle.operators.elements.Admitted;
import io.riffle.operators.elements.RawRecord;
import io.riffle.schemas.Notice;
import io.riffle.schemas.RejectReason;

/** Takes what a sequencer decides, in the order of its decisions. */
public interface Outlet {
    /** The chunk that the network is given next. */
    void admit(Admitted chunk);

    void reject(RawRecord record, String stream, RejectReason reason, String message);

    /** @param timestamp event time of what it is about, milliseconds since 1970 */
    void notice(Notice notice, long timestamp);
}
