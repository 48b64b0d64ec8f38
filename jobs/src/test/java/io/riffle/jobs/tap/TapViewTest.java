package io.riffle.jobs.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.jobs.view.Glyphs;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkEncoder;
import io.riffle.schemas.Notice;
import io.riffle.schemas.NoticeFormat;
import io.riffle.schemas.NoticeKind;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Rejected;
import io.riffle.schemas.RejectedFormat;
import io.riffle.schemas.Samples;
import io.riffle.schemas.SamplesEncoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class TapViewTest {
    private final TapView view = new TapView("x", false);

    @Test
    void saysThatItWaits() {
        assertThat(view.view().summary()).startsWith("waiting for data on topic x");
    }

    @Test
    void showsCountsAsSpikesAndOtherValuesAsTraces() {
        view.add(tapped(
                "spiking", new ChunkEncoder(0.01).encode(new Chunk("spiking", 0, 2, 2, new float[] {0, 1, 2, 0}))));
        view.add(tapped(
                "smooth", new ChunkEncoder(0.01).encode(new Chunk("smooth", 0, 2, 1, new float[] {0.25f, -0.5f}))));
        assertThat(view.view().summary())
                .startsWith("topic x")
                .contains("4 steps/s")
                .contains("rejected 0");
    }

    @Test
    void keepsAStreamAndItsRecordsApart() {
        byte[] chunk = new ChunkEncoder(0.01).encode(new Chunk("arm", 0, 1, 2, new float[] {1, 2}));
        byte[] record = ChunkEncoder.forRecord(0.01, "1_LIF.vmem").encode(new Chunk("arm", 0, 1, 1, new float[] {1}));
        assertThat(tapped("arm", chunk)).isInstanceOfSatisfying(Tapped.Values.class, values -> assertThat(values.name())
                .isEqualTo("arm"));
        assertThat(tapped("arm", record))
                .isInstanceOfSatisfying(
                        Tapped.Values.class, values -> assertThat(values.name()).isEqualTo("arm 1_LIF.vmem"));
    }

    @Test
    void countsWhatWasNotAccepted() {
        Rejected rejected = new Rejected("in", 0, 7, null, RejectReason.NO_STREAM, "no key", new byte[0]);
        view.add(tapped(null, RejectedFormat.encode(rejected)));
        view.add(tapped("arm", new byte[] {1}));
        view.add(tapped("arm", null));
        assertThat(view.view().summary()).contains("rejected 3");
    }

    @Test
    void aNewRunIsShownFromItsBeginning() {
        view.add(tapped("a", new ChunkEncoder(0.01).encode(new Chunk("a", 500, 2, 1, new float[] {0.25f, 0.5f}))));
        view.add(tapped("a", new ChunkEncoder(0.01).encode(new Chunk("a", 502, 0, 1, new float[0]))));
        assertThat(lines()).contains("a");
        view.add(tapped("a", new ChunkEncoder(0.01).encode(new Chunk("a", 1, 0, 1, 1, new float[] {0.75f}))));

        assertThat(lines()).contains("0.75").doesNotContain("0.5000");
    }

    @Test
    void showsSamplesAndNoticesAsLines() {
        Samples samples = new Samples("b", 0, 1, new long[] {5_000_000_000L}, new float[] {0.5f});
        view.add(tapped("b", SamplesEncoder.encode(samples)));
        Notice notice = new Notice("a", NoticeKind.NEW_RUN, 5, 0, 0, "in", 0, 3, "stream 'a' starts run 5");
        view.add(tapped("a", NoticeFormat.encode(notice)));
        assertThat(lines()).contains("b 1 sample 1970-01-01T00:00:05Z").contains("stream 'a' starts run 5");
        assertThat(view.view().summary()).contains("rejected 0");
    }

    private String lines() {
        StringBuilder lines = new StringBuilder();
        view.view().lines(120, 24, Glyphs.ASCII).forEach(line -> lines.append(line.text())
                .append('\n'));
        return lines.toString();
    }

    private static Tapped tapped(String key, byte[] value) {
        return Tapped.of(new ConsumerRecord<>("x", 0, 0, key, value));
    }
}
