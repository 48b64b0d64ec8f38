package io.riffle.schemas;

import io.riffle.sim.RiffleException;
import java.util.stream.Stream;

/** Why a record was not accepted. The code is what the rejected topic shows; it never changes. */
public enum RejectReason {
    MALFORMED("malformed", "The value is not an Arrow stream, or a broken one."),
    WRONG_SCHEMA("wrong_schema", "The columns or the schema metadata are not those of the format."),
    WRONG_CHANNELS("wrong_channels", "The number of channels is not the one that the network takes."),
    WRONG_DT("wrong_dt", "The time-step is not the one of the network."),
    NOT_FINITE("not_finite", "A value is NaN or infinite."),
    BAD_STEPS("bad_steps", "The steps are negative, not consecutive, or beyond the largest step number."),
    TOO_LARGE("too_large", "The chunk holds more values than the limit."),
    NO_STREAM("no_stream", "The record has no key, so it belongs to no stream."),
    DUPLICATE("duplicate", "The same steps were already taken."),
    STALE("stale", "The steps, or the run, are older than where the stream is: they come too late."),
    GAP("gap", "Steps are missing between what was taken and this chunk."),
    DIVERGED("diverged", "The network's state or output became infinite or NaN with this chunk."),
    MODULE_FAILED("module_failed", "A module threw an exception at this chunk."),
    QUARANTINED("quarantined", "The stream diverged or failed earlier, and waits for a new run.");

    private final String code;
    private final String meaning;

    RejectReason(String code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** @throws RiffleException if no reason has this code */
    public static RejectReason ofCode(String code) {
        for (RejectReason reason : values()) {
            if (reason.code.equals(code)) {
                return reason;
            }
        }
        throw new RiffleException("got reason '%s', expected one of %s"
                .formatted(
                        Text.shortened(code),
                        Stream.of(values()).map(RejectReason::code).toList()));
    }

    /** Stable, lower case, for machines. */
    public String code() {
        return code;
    }

    /** One sentence, for people. */
    public String meaning() {
        return meaning;
    }
}
