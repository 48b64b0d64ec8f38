package io.riffle.jobs.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RangeTest {
    @Test
    void marksAreRoundNumbers() {
        assertThat(new Range(-3.1, 2.7).marks(6)).containsExactly(-3, -2, -1, 0, 1, 2);
        assertThat(new Range(0, 24).marks(6)).containsExactly(0, 5, 10, 15, 20);
        assertThat(new Range(2, 2).marks(6)).containsExactly(2);
    }

    @Test
    void shareRunsFromTheLeastToTheGreatest() {
        Range range = new Range(-1, 3);
        assertThat(range.share(-1)).isZero();
        assertThat(range.share(0)).isEqualTo(0.25);
        assertThat(range.share(3)).isEqualTo(1);
        assertThat(new Range(2, 2).share(2)).isEqualTo(0.5);
    }

    @Test
    void aSingleValueGetsRoomAround() {
        assertThat(new Range(2, 2).wide()).isEqualTo(new Range(1, 3));
        assertThat(new Range(0, 0).wide()).isEqualTo(new Range(-1, 1));
        assertThat(new Range(0, 1).wide()).isEqualTo(new Range(0, 1));
    }

    @Test
    void numbersAreShort() {
        assertThat(Charts.number(0.1 + 0.2)).isEqualTo("0.3");
        assertThat(Charts.number(-1500)).isEqualTo("-1500");
        assertThat(Charts.number(2e-9)).isEqualTo("2E-9");
        assertThat(Charts.number(-0.0)).isEqualTo("0");
    }

    @Test
    void coloursGetEvenlyBrighter() {
        assertThat(Viridis.at(0)).isEqualTo(0xFF440154);
        assertThat(Viridis.at(1)).isEqualTo(0xFFFDE725);
        double before = -1;
        for (int i = 0; i <= 100; i++) {
            double lightness = lightness(Viridis.at(i / 100.0));
            assertThat(lightness - before).as("at %d %%", i).isBetween(0.2, 20.0);
            assertThat(lightness).as("at %d %%", i).isBetween(12 + 0.74 * i, 20 + 0.79 * i);
            before = lightness;
        }
    }

    /** L* of CIELAB, from 0 to 100. */
    private static double lightness(int colour) {
        double luminance = 0.2126 * linear(colour >> 16) + 0.7152 * linear(colour >> 8) + 0.0722 * linear(colour);
        return 116 * Math.cbrt(luminance) - 16;
    }

    private static double linear(int part) {
        double share = (part & 0xFF) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    @Test
    void longNamesKeepBeginAndEnd() {
        assertThat(ChannelNames.fit("cpu.mean", 100)).isEqualTo("cpu.mean");
        assertThat(ChannelNames.fit("a\u0001b", 100)).isEqualTo("a b");
        String shorter = ChannelNames.fit("left.shoulder.accelerometer.channel.17", 100);
        assertThat(shorter).startsWith("left.").contains("\u2026").endsWith(".17");
        assertThat(ChannelNames.width(shorter)).isLessThanOrEqualTo(100);
        assertThat(ChannelNames.every(12)).isEqualTo(1);
        assertThat(ChannelNames.every(3)).isEqualTo(5);
        assertThat(ChannelNames.every(0.6)).isEqualTo(20);
    }
}
