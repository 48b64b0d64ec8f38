package io.riffle.schemas;

import io.riffle.sim.RiffleException;
import java.util.stream.Stream;

/** What was decided about a stream. The code is what the notices topic shows; it never changes. */
public enum NoticeKind {
    GAP_ZEROS("gap_zeros", "Steps were missing; the network was given zeros in their place."),
    GAP_HELD("gap_held", "Steps were missing; the network was given the last step's values in their place."),
    GAP_RESET("gap_reset", "Steps were missing; they were left out, and the state starts anew after them."),
    OVERLAP("overlap", "A chunk brought steps that were taken already; only its new ones were taken."),
    LATE_START("late_start", "The stream starts behind step 0, as the steps before did not come in time."),
    NEW_RUN("new_run", "The stream starts anew, in a new run."),
    FORGOTTEN("forgotten", "The stream was silent for longer than the time to live, and its state is gone.");

    private final String code;
    private final String meaning;

    NoticeKind(String code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** @throws RiffleException if no kind has this code */
    public static NoticeKind ofCode(String code) {
        for (NoticeKind kind : values()) {
            if (kind.code.equals(code)) {
                return kind;
            }
        }
        throw new RiffleException("got kind '%s', expected one of %s"
                .formatted(
                        Text.shortened(code),
                        Stream.of(values()).map(NoticeKind::code).toList()));
    }

    /** Whether steps were missing that did not come. */
    public boolean isGap() {
        return this == GAP_ZEROS || this == GAP_HELD || this == GAP_RESET;
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
