package io.riffle.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.RiffleException;
import org.junit.jupiter.api.Test;

class ChunkTest {
    @Test
    void endsAfterItsLastStep() {
        assertThat(new Chunk("a", 120, 10, 1, new float[10]).endStep()).isEqualTo(130);
    }

    @Test
    void printsItselfShort() {
        assertThat(new Chunk("host-1", 120, 10, 16, new float[160]))
                .hasToString("Chunk host-1 steps 120..130, f32[10,16]");
    }

    @Test
    void isEqualByContent() {
        Chunk chunk = TestingChunks.ramp("a", 0, 2, 3);
        assertThat(TestingChunks.ramp("a", 0, 2, 3)).isEqualTo(chunk).hasSameHashCodeAs(chunk);
        assertThat(TestingChunks.ramp("b", 0, 2, 3)).isNotEqualTo(chunk);
        assertThat(TestingChunks.ramp("a", 1, 2, 3)).isNotEqualTo(chunk);
        assertThat(TestingChunks.ramp("a", 0, 3, 2)).isNotEqualTo(chunk);
        assertThat(new Chunk("a", 0, 2, 3, new float[6])).isNotEqualTo(chunk);
    }

    @Test
    void refusesSizesThatDoNotFit() {
        assertThatThrownBy(() -> new Chunk("a", 0, 10, 16, new float[150]))
                .isInstanceOf(RiffleException.class)
                .hasMessage("chunk of stream 'a' has 150 values, expected 10 steps x 16 channels = 160");
        assertThatThrownBy(() -> new Chunk("a", 0, 10, 0, new float[0]))
                .hasMessage("chunk of stream 'a' has 0 channels, expected at least 1");
        assertThatThrownBy(() -> new Chunk("a", -1, 1, 1, new float[1]))
                .hasMessage(
                        "chunk of stream 'a' has first step -1 and 1 steps, expected both from 0 and an end below 2^63");
        assertThatThrownBy(() -> new Chunk("a", Long.MAX_VALUE, 1, 1, new float[1]))
                .hasMessage("chunk of stream 'a' has first step 9223372036854775807 and 1 steps,"
                        + " expected both from 0 and an end below 2^63");
    }
}
