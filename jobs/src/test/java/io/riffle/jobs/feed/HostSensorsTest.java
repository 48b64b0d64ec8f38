package io.riffle.jobs.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostSensorsTest {
    @Test
    void hasTheSameSixteenChannelsOnEveryMachine() {
        try (HostSensors sensors = new HostSensors(HostLayout.SIXTEEN)) {
            assertThat(sensors.channels())
                    .extracting(HostChannel::name)
                    .containsExactly(
                            "cpu.mean",
                            "cpu.max",
                            "cpu.min",
                            "cpu.user",
                            "cpu.system",
                            "cpu.iowait",
                            "context.switch",
                            "interrupt",
                            "memory.used",
                            "page.fault",
                            "disk.read",
                            "disk.write",
                            "network.in",
                            "network.out",
                            "process.count",
                            "temperature");
        }
    }

    @Test
    void everySampleIsBetweenZeroAndOneFromTheFirstOn() throws InterruptedException {
        try (HostSensors sensors = new HostSensors(HostLayout.PER_CPU)) {
            List<HostChannel> channels = sensors.channels();
            assertThat(channels).hasSize(Runtime.getRuntime().availableProcessors() + 10);
            float[] values = new float[channels.size()];
            for (int sample = 0; sample < 50; sample++) {
                sensors.sample(values);
                for (int channel = 0; channel < values.length; channel++) {
                    assertThat(values[channel])
                            .as("%s in sample %d", channels.get(channel).name(), sample)
                            .isBetween(0f, 1f);
                }
                Thread.sleep(10);
            }
        }
    }

    @Test
    void aBusyLoopRaisesTheLoad() {
        try (HostSensors sensors = new HostSensors(HostLayout.SIXTEEN)) {
            float[] values = new float[sensors.channels().size()];
            long end = System.nanoTime() + 1_000_000_000L;
            while (System.nanoTime() < end) {
                sensors.sample(values);
            }
            // the busiest CPU is at least the one that this loop keeps
            assertThat(values[1]).isGreaterThan(0.4f);
        }
    }
}
