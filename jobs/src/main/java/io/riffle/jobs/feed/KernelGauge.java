package io.riffle.jobs.feed;

import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;

/** What the kernel counts and can tell in some microseconds: context switches, interrupts, memory. */
final class KernelGauge {
    private static final double SMALLEST_SECONDS = 0.05;
    private static final LogScale SWITCHES_PER_CPU = new LogScale(1_000, 100_000);
    private static final LogScale INTERRUPTS_PER_CPU = new LogScale(1_000, 100_000);

    private final CentralProcessor processor;
    private final GlobalMemory memory;
    private final CounterWindow switches;
    private final CounterWindow interrupts;
    private double memoryUsed;

    KernelGauge(CentralProcessor processor, GlobalMemory memory, int windowReadings) {
        this.processor = processor;
        this.memory = memory;
        switches = new CounterWindow(windowReadings, SMALLEST_SECONDS);
        interrupts = new CounterWindow(windowReadings, SMALLEST_SECONDS);
    }

    void read(double seconds) {
        switches.add(processor.getContextSwitches(), seconds);
        interrupts.add(processor.getInterrupts(), seconds);
        memoryUsed = 1 - (double) memory.getAvailable() / Math.max(1, memory.getTotal());
    }

    double contextSwitches() {
        return SWITCHES_PER_CPU.of(switches.ratio() / processor.getLogicalProcessorCount());
    }

    double interrupts() {
        return INTERRUPTS_PER_CPU.of(interrupts.ratio() / processor.getLogicalProcessorCount());
    }

    double memoryUsed() {
        return Math.max(0, Math.min(1, memoryUsed));
    }
}
