package io.riffle.schemas;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.RiffleException;

/** A record or a file that is not what the wire format says; the message tells what was got, what expected, and where. */
public final class BadChunkException extends RiffleException {
    private static final long serialVersionUID = 1L;

    private final RejectReason reason;

    public BadChunkException(RejectReason reason, String message) {
        super(message);
        this.reason = requireNonNull(reason, "reason is null");
    }

    public BadChunkException(RejectReason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason is null");
    }

    public RejectReason reason() {
        return reason;
    }

    /** The same mistake, told with its place in front. */
    BadChunkException at(String where) {
        return new BadChunkException(reason, where + ": " + getMessage(), this);
    }
}
