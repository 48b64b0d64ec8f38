package io.riffle.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RejectedFormatTest {
    @ParameterizedTest
    @EnumSource
    void everyReasonComesBack(RejectReason reason) {
        Rejected rejected = new Rejected("in", 1, 1L << 40, "straße", reason, reason.meaning(), new byte[] {0, -1});
        assertThat(RejectedFormat.decode(RejectedFormat.encode(rejected))).isEqualTo(rejected);
    }

    @Test
    void keepsTheBeginningOfALongValueAndItsLength() {
        byte[] value = new byte[100_000];
        Arrays.fill(value, (byte) 7);
        byte[] encoded = RejectedFormat.encode(
                new Rejected("in", 0, 0, "s".repeat(10_000), RejectReason.MALFORMED, "m".repeat(10_000), value));
        Rejected decoded = RejectedFormat.decode(encoded);
        assertThat(decoded.value()).hasSize(65_536).containsOnly(7);
        assertThat(decoded.stream()).hasSize(4096);
        assertThat(decoded.message()).hasSize(4096);
        assertThat(encoded).hasSizeLessThan(80_000);
    }

    @Test
    void anAbsentValueIsEmpty() {
        Rejected tombstone = new Rejected("in", 0, 0, null, RejectReason.NO_STREAM, "no key", null);
        assertThat(tombstone.value()).isEmpty();
        assertThat(tombstone)
                .hasToString("topic=in partition=0 offset=0 stream=null reason=no_stream: no key (0 bytes)");
    }

    @Test
    void refusesOtherFormats() {
        byte[] chunk = new ChunkEncoder(0.001).encode(TestingChunks.ramp("a", 0, 1, 1));
        assertThatThrownBy(() -> RejectedFormat.decode(chunk))
                .isInstanceOf(BadChunkException.class)
                .hasMessage("rejected record: schema metadata riffle.format is raster/1, expected rejected/1");
    }

    @Test
    void codesAreLowerCaseNames() {
        for (RejectReason reason : RejectReason.values()) {
            assertThat(reason.code()).isEqualTo(reason.name().toLowerCase(java.util.Locale.ROOT));
            assertThat(reason.meaning()).endsWith(".");
        }
        assertThatThrownBy(() -> RejectReason.ofCode("gone"))
                .hasMessage("got reason 'gone', expected one of [malformed, wrong_schema, wrong_channels, wrong_dt,"
                        + " not_finite, bad_steps, too_large, no_stream, duplicate, stale, gap, diverged,"
                        + " module_failed, quarantined]");
    }
}
