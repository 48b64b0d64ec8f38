package io.riffle.jobs.feed;

import java.util.EnumSet;
import java.util.Set;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;

/** Shares of processor time over the last readings, per logical CPU and per kind of work. */
final class CpuGauge {
    // Ticks come every 10 ms; a tenth of a second of them is the least that makes a share.
    private static final double SMALLEST_MILLIS = 100;
    // STEAL: a virtual machine that waits for its host does not work either.
    private static final Set<TickType> IDLE = EnumSet.of(TickType.IDLE, TickType.IOWAIT, TickType.STEAL);

    private final CentralProcessor processor;
    private final CounterWindow[] loads;
    private final CounterWindow user;
    private final CounterWindow system;
    private final CounterWindow waiting;

    CpuGauge(CentralProcessor processor, int windowReadings) {
        this.processor = processor;
        loads = new CounterWindow[processor.getLogicalProcessorCount()];
        for (int cpu = 0; cpu < loads.length; cpu++) {
            loads[cpu] = new CounterWindow(windowReadings, SMALLEST_MILLIS);
        }
        user = new CounterWindow(windowReadings, SMALLEST_MILLIS);
        system = new CounterWindow(windowReadings, SMALLEST_MILLIS);
        waiting = new CounterWindow(windowReadings, SMALLEST_MILLIS);
    }

    void read() {
        long[][] ticks = processor.getProcessorCpuLoadTicks();
        double allOfAll = 0;
        double userOfAll = 0;
        double systemOfAll = 0;
        double waitingOfAll = 0;
        for (int cpu = 0; cpu < loads.length && cpu < ticks.length; cpu++) {
            double all = sum(ticks[cpu], EnumSet.allOf(TickType.class));
            loads[cpu].add(all - sum(ticks[cpu], IDLE), all);
            allOfAll += all;
            userOfAll += sum(ticks[cpu], EnumSet.of(TickType.USER, TickType.NICE));
            systemOfAll += sum(ticks[cpu], EnumSet.of(TickType.SYSTEM, TickType.IRQ, TickType.SOFTIRQ));
            waitingOfAll += sum(ticks[cpu], EnumSet.of(TickType.IOWAIT));
        }
        user.add(userOfAll, allOfAll);
        system.add(systemOfAll, allOfAll);
        waiting.add(waitingOfAll, allOfAll);
    }

    int cpus() {
        return loads.length;
    }

    double load(int cpu) {
        return Math.min(1, loads[cpu].ratio());
    }

    double mean() {
        double sum = 0;
        for (int cpu = 0; cpu < loads.length; cpu++) {
            sum += load(cpu);
        }
        return sum / loads.length;
    }

    double max() {
        double max = 0;
        for (int cpu = 0; cpu < loads.length; cpu++) {
            max = Math.max(max, load(cpu));
        }
        return max;
    }

    double min() {
        double min = 1;
        for (int cpu = 0; cpu < loads.length; cpu++) {
            min = Math.min(min, load(cpu));
        }
        return min;
    }

    double user() {
        return Math.min(1, user.ratio());
    }

    double system() {
        return Math.min(1, system.ratio());
    }

    double waiting() {
        return Math.min(1, waiting.ratio());
    }

    private static double sum(long[] ticks, Set<TickType> kinds) {
        double sum = 0;
        for (TickType kind : kinds) {
            sum += ticks[kind.getIndex()];
        }
        return sum;
    }
}
