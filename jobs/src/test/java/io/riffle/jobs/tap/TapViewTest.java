package io.riffle.jobs.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkEncoder;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Rejected;
import io.riffle.schemas.RejectedFormat;
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

    private static Tapped tapped(String key, byte[] value) {
        return Tapped.of(new ConsumerRecord<>("x", 0, 0, key, value));
    }
}
