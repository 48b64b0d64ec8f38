package io.riffle.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoticeFormatTest {
    @ParameterizedTest
    @EnumSource
    void everyKindComesBack(NoticeKind kind) {
        Notice notice = new Notice("straße", kind, 3, 1L << 40, 7, "in", 1, 1L << 41, kind.meaning());
        assertThat(NoticeFormat.decode(NoticeFormat.encode(notice))).isEqualTo(notice);
        assertThat(Formats.of(NoticeFormat.encode(notice))).contains("notice/1");
    }

    @Test
    void refusesOtherFormats() {
        byte[] chunk = new ChunkEncoder(0.001).encode(TestingChunks.ramp("a", 0, 1, 1));
        assertThatThrownBy(() -> NoticeFormat.decode(chunk))
                .isInstanceOf(BadChunkException.class)
                .hasMessage("notice: schema metadata riffle.format is raster/1, expected notice/1");
    }

    @Test
    void cutsLongTexts() {
        Notice notice =
                new Notice("s".repeat(5000), NoticeKind.NEW_RUN, 0, 0, 0, "t".repeat(5000), 0, 0, "m".repeat(5000));
        Notice decoded = NoticeFormat.decode(NoticeFormat.encode(notice));
        assertThat(decoded.stream()).hasSize(4096);
        assertThat(decoded.message()).hasSize(4096);
    }

    @Test
    void codesAreLowerCaseNames() {
        for (NoticeKind kind : NoticeKind.values()) {
            assertThat(kind.code()).isEqualTo(kind.name().toLowerCase(Locale.ROOT));
            assertThat(kind.meaning()).endsWith(".");
        }
        assertThatThrownBy(() -> NoticeKind.ofCode("gone"))
                .hasMessageStartingWith("got kind 'gone', expected one of [gap_zeros, ");
    }
}
