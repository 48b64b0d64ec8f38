package io.riffle.jobs.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CounterWindowTest {
    @Test
    void dividesGrowthByBaseOverTheLastReadings() {
        CounterWindow window = new CounterWindow(2, 0.5);
        window.add(100, 10);
        assertThat(window.ratio()).isZero();
        window.add(110, 11);
        assertThat(window.ratio()).isEqualTo(10);
        window.add(140, 12);
        assertThat(window.ratio()).isEqualTo(20);
        window.add(140, 13);
        assertThat(window.ratio()).isEqualTo(15);
    }

    @Test
    void isZeroWhileTheBaseIsTooSmallToSayAnything() {
        CounterWindow window = new CounterWindow(4, 100);
        window.add(0, 0);
        window.add(10, 10);
        assertThat(window.ratio()).isZero();
        window.add(50, 100);
        assertThat(window.ratio()).isEqualTo(0.5);
    }

    @Test
    void isNeverNegativeWhenACounterIsSetBack() {
        CounterWindow window = new CounterWindow(2, 0.5);
        window.add(1_000, 1);
        window.add(3, 2);
        assertThat(window.ratio()).isZero();
    }
}
