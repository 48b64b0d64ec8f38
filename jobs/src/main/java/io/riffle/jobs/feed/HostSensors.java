package io.riffle.jobs.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import oshi.SystemInfo;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.util.GlobalConfig;

/**
 * What this machine feels right now: its named channels, each from 0 (idle) to about 1 (all it has). A sample is
 * always finite; before a channel has seen enough, it is 0. One owner: not for several threads.
 */
public final class HostSensors implements AutoCloseable {
    private static final int WINDOW_MILLIS = 240;
    // The kernel counts CPU time in ticks of 10 ms and takes 0.1 ms to tell them.
    private static final int CPU_MILLIS = 20;
    private static final int KERNEL_MILLIS = 40;

    static {
        // OSHI remembers what it read for 300 ms, which at 100 samples a second would give thirty equal ones.
        GlobalConfig.set(GlobalConfig.OSHI_UTIL_MEMOIZER_EXPIRATION, 2);
    }

    private final List<HostChannel> channels = new ArrayList<>();
    private final List<DoubleSupplier> gauges = new ArrayList<>();
    private final CpuGauge cpu;
    private final Pace cpuPace = new Pace(CPU_MILLIS);
    private final KernelGauge kernel;
    private final Pace kernelPace = new Pace(KERNEL_MILLIS);
    private final DeviceGauge devices;

    public HostSensors(HostLayout layout) {
        SystemInfo info = new SystemInfo();
        HardwareAbstractionLayer hardware = info.getHardware();
        cpu = new CpuGauge(hardware.getProcessor(), WINDOW_MILLIS / CPU_MILLIS);
        kernel = new KernelGauge(hardware.getProcessor(), hardware.getMemory(), WINDOW_MILLIS / KERNEL_MILLIS);
        devices = new DeviceGauge(info);
        if (layout == HostLayout.PER_CPU) {
            addEachCpu();
        } else {
            addFoldedCpus();
        }
        addRest();
    }

    /** In the order of a sample's values. */
    public List<HostChannel> channels() {
        return List.copyOf(channels);
    }

    /** @param into one value per channel */
    public void sample(float[] into) {
        long now = System.nanoTime();
        if (cpuPace.isDue(now)) {
            cpu.read();
        }
        if (kernelPace.isDue(now)) {
            kernel.read(now / 1e9);
        }
        for (int channel = 0; channel < into.length; channel++) {
            into[channel] = (float) gauges.get(channel).getAsDouble();
        }
    }

    @Override
    public void close() {
        devices.close();
    }

    private void addEachCpu() {
        for (int index = 0; index < cpu.cpus(); index++) {
            int logical = index;
            add("cpu." + index, "busy share of logical CPU %d over 0.24 s".formatted(index), () -> cpu.load(logical));
        }
    }

    private void addFoldedCpus() {
        add("cpu.mean", "busy share of all CPUs over 0.24 s", cpu::mean);
        add("cpu.max", "busy share of the busiest CPU", cpu::max);
        add("cpu.min", "busy share of the idlest CPU", cpu::min);
        add("cpu.user", "share of programs in all CPUs' time", cpu::user);
        add("cpu.system", "share of the kernel, interrupts included", cpu::system);
        add("cpu.iowait", "share of waiting for disks", cpu::waiting);
    }

    private void addRest() {
        add("context.switch", "log scale per CPU: 1000/s is 0.15, 100 000/s is 1", kernel::contextSwitches);
        add("interrupt", "log scale per CPU: 1000/s is 0.15, 100 000/s is 1", kernel::interrupts);
        add("memory.used", "share of memory that is not available", kernel::memoryUsed);
        add("page.fault", "log scale per CPU: 1000/s is 0.1, 1 000 000/s is 1", () -> devices.values()
                .pageFaults());
        add("disk.read", "log scale: 100 kB/s is 0.08, 1 GB/s is 1", () -> devices.values()
                .diskRead());
        add("disk.write", "log scale: 100 kB/s is 0.08, 1 GB/s is 1", () -> devices.values()
                .diskWrite());
        add("network.in", "log scale: 10 kB/s is 0.06, 1 GB/s is 1", () -> devices.values()
                .networkIn());
        add("network.out", "log scale: 10 kB/s is 0.06, 1 GB/s is 1", () -> devices.values()
                .networkOut());
        add("process.count", "log scale: 100 is 0.15, 10 000 is 1", () -> devices.values()
                .processes());
        add("temperature", "of the CPU, 100 degrees Celsius is 1; 0 where no sensor tells", () -> devices.values()
                .temperature());
    }

    private void add(String name, String meaning, DoubleSupplier gauge) {
        channels.add(new HostChannel(name, meaning));
        gauges.add(gauge);
    }
}
