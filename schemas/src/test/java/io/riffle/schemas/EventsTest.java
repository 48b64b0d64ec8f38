package io.riffle.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EventsTest {
    @Test
    void takesTheValuesThatAreNotZero() {
        Events events = Events.of(new Chunk("a", 7, 3, 2, new float[] {0, 2, 0, 0, -1, -0f}));
        assertThat(events.step()).containsExactly(7, 9);
        assertThat(events.channel()).containsExactly(1, 0);
        assertThat(events.count()).containsExactly(2, -1);
        assertThat(events).hasToString("Events a steps 7..10, 2 channels, 2 events");
    }

    @Test
    void refusesColumnsOfDifferentLength() {
        assertThatThrownBy(() -> new Events("a", 0, 1, 1, new long[2], new int[1], new float[3]))
                .hasMessage("events of stream 'a' have 2 steps, 1 channels, 3 counts, expected as many of each");
    }
}
