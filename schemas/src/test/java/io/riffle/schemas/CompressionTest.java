package io.riffle.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class CompressionTest {
    private static final byte[] PLAIN = new byte[1000];

    @Test
    void opensWhatClaimsTheSizeThatTheRowsNeed() {
        assertThat(Compression.ZSTD.open(zstd(1000), 1000).remaining()).isEqualTo(1000);
    }

    @Test
    void leavesStoredBytesAsTheyAre() {
        ByteBuffer stored =
                ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(-1);
        assertThat(Compression.LZ4_FRAME.open(stored.putLong(42).flip(), 8).getLong(0))
                .isEqualTo(42);
    }

    @Test
    void refusesAnyOtherSizeBeforeAnythingIsAllocated() {
        assertThatThrownBy(() -> Compression.ZSTD.open(zstd(Long.MAX_VALUE), 1000))
                .isInstanceOf(BadChunkException.class)
                .hasMessage(
                        "a buffer compressed with ZSTD is broken: it claims 9223372036854775807 bytes, expected 1000");
    }

    @Test
    void refusesBytesThatHoldMoreThanClaimed() {
        assertThatThrownBy(() -> Compression.ZSTD.open(zstd(990), 990))
                .hasMessage("a buffer compressed with ZSTD is broken: its bytes do not hold 990 bytes");
    }

    private static ByteBuffer zstd(long claimed) {
        byte[] compressed = Zstd.compress(PLAIN);
        return ByteBuffer.allocate(8 + compressed.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(claimed)
                .put(compressed)
                .flip();
    }
}
