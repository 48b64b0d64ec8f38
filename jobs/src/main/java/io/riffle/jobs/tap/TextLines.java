package io.riffle.jobs.tap;

import io.riffle.schemas.Chunk;
import java.util.Locale;

/** One line for whatever was tapped. */
public final class TextLines {
    private static final int MOST_VALUES = 16;

    private TextLines() {}

    public static String of(Tapped tapped) {
        if (tapped instanceof Tapped.Values values) {
            return ofValues(values);
        }
        if (tapped instanceof Tapped.Refused refused) {
            return "rejected: " + refused.rejected();
        }
        Tapped.Unreadable unreadable = (Tapped.Unreadable) tapped;
        return "unreadable: topic=%s partition=%d offset=%d stream=%s: %s"
                .formatted(
                        unreadable.record().topic(),
                        unreadable.record().partition(),
                        unreadable.record().offset(),
                        unreadable.record().key(),
                        unreadable.reason());
    }

    private static String ofValues(Tapped.Values values) {
        Chunk chunk = values.decoded().chunk();
        StringBuilder text = new StringBuilder("%s steps %d..%d [%d,%d]"
                .formatted(values.name(), chunk.firstStep(), chunk.endStep(), chunk.steps(), chunk.channels()));
        if (chunk.steps() > 0) {
            int last = (chunk.steps() - 1) * chunk.channels();
            int shown = Math.min(MOST_VALUES, chunk.channels());
            for (int channel = 0; channel < shown; channel++) {
                text.append(String.format(Locale.ROOT, " %.4g", chunk.values()[last + channel]));
            }
            text.append(shown < chunk.channels() ? " ..." : "");
        }
        return text.toString();
    }
}
