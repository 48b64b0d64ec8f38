package io.riffle.jobs.tap;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.Notice;
import io.riffle.schemas.Rejected;
import io.riffle.schemas.Samples;
import io.riffle.sim.Names;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One line for whatever was tapped. */
public final class TextLines {
    private static final int MOST_VALUES = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private TextLines() {}

    public static String of(Tapped tapped) {
        if (tapped instanceof Tapped.Values values) {
            return ofValues(values);
        }
        if (tapped instanceof Tapped.Measured measured) {
            return ofSamples(measured);
        }
        if (tapped instanceof Tapped.Noticed noticed) {
            return of(noticed.notice());
        }
        if (tapped instanceof Tapped.Refused refused) {
            return of(refused.rejected());
        }
        Tapped.Unreadable unreadable = (Tapped.Unreadable) tapped;
        ConsumerRecord<String, byte[]> record = unreadable.record();
        return "unreadable: topic=%s partition=%d offset=%d stream=%s: %s"
                .formatted(record.topic(), record.partition(), record.offset(), record.key(), unreadable.reason());
    }

    public static String of(Rejected rejected) {
        return "rejected: " + rejected;
    }

    /** {@code notice: topic=in partition=0 offset=7 stream=a kind=gap_zeros: ..}. */
    public static String of(Notice notice) {
        return "notice: topic=%s partition=%d offset=%d stream=%s kind=%s: %s"
                .formatted(
                        notice.topic(),
                        notice.partition(),
                        notice.offset(),
                        notice.stream(),
                        notice.kind().code(),
                        notice.message());
    }

    private static String ofValues(Tapped.Values values) {
        Chunk chunk = values.decoded().chunk();
        String name = values.name() + run(chunk.run());
        if (chunk.isHeartbeat()) {
            return "%s heartbeat at step %d".formatted(name, chunk.firstStep());
        }
        int last = (chunk.steps() - 1) * chunk.channels();
        return "%s steps %d..%d [%d,%d]"
                        .formatted(name, chunk.firstStep(), chunk.endStep(), chunk.steps(), chunk.channels())
                + row(chunk.values(), last, chunk.channels());
    }

    /** With the values of the latest sample. */
    private static String ofSamples(Tapped.Measured measured) {
        Samples samples = measured.samples();
        String name = samples.stream() + run(samples.run());
        if (samples.isHeartbeat()) {
            return "%s heartbeat at %s"
                    .formatted(name, Instant.ofEpochMilli(measured.record().timestamp()));
        }
        long first = Arrays.stream(samples.times()).min().orElseThrow();
        int latest = 0;
        for (int row = 1; row < samples.size(); row++) {
            latest = samples.times()[row] >= samples.times()[latest] ? row : latest;
        }
        return "%s %s %s..%s [%d,%d]"
                        .formatted(
                                name,
                                Names.count(samples.size(), "sample"),
                                time(first),
                                time(samples.times()[latest]),
                                samples.size(),
                                samples.channels())
                + row(samples.values(), latest * samples.channels(), samples.channels());
    }

    private static Instant time(long nanos) {
        return Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND);
    }

    private static String run(long run) {
        return run == 0 ? "" : " run " + run;
    }

    private static String row(float[] values, int from, int channels) {
        StringBuilder text = new StringBuilder();
        int shown = Math.min(MOST_VALUES, channels);
        for (int channel = 0; channel < shown; channel++) {
            text.append(String.format(Locale.ROOT, " %.4g", values[from + channel]));
        }
        return text.append(shown < channels ? " ..." : "").toString();
    }
}
