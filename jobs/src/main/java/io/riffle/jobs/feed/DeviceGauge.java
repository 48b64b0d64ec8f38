package io.riffle.jobs.feed;

import java.util.List;
import oshi.SystemInfo;
import oshi.hardware.HWDiskStore;
import oshi.hardware.NetworkIF;
import oshi.hardware.Sensors;
import oshi.software.os.OperatingSystem;

/**
 * What takes the system milliseconds to tell: disks, network, page faults, processes, temperature. A thread of its own
 * reads them, each at its pace, so that the fast channels are never late because of a slow disk.
 */
final class DeviceGauge implements AutoCloseable {
    private static final long ROUND_MILLIS = 100;
    private static final int ROUNDS_PER_DISKS = 3;
    private static final int ROUNDS_PER_PROCESSES = 5;
    private static final int ROUNDS_PER_TEMPERATURE = 10;
    // The reader rests at least so many times as long as it worked: with a hundred disks it slows down instead of
    // eating a CPU.
    private static final int REST = 10;
    private static final double SMALLEST_SECONDS = 0.05;

    private static final LogScale FAULTS_PER_CPU = new LogScale(1_000, 1_000_000);
    private static final LogScale DISK_BYTES = new LogScale(100e3, 1e9);
    private static final LogScale NETWORK_BYTES = new LogScale(10e3, 1e9);
    private static final LogScale PROCESSES = new LogScale(100, 10_000);

    private final OperatingSystem system;
    private final Sensors sensors;
    private final PageFaults pageFaults;
    private final List<HWDiskStore> disks;
    private final List<NetworkIF> networks;
    private final int cpus;

    private final CounterWindow faults = new CounterWindow(5, SMALLEST_SECONDS);
    private final CounterWindow diskRead = new CounterWindow(2, SMALLEST_SECONDS);
    private final CounterWindow diskWrite = new CounterWindow(2, SMALLEST_SECONDS);
    private final CounterWindow networkIn = new CounterWindow(5, SMALLEST_SECONDS);
    private final CounterWindow networkOut = new CounterWindow(5, SMALLEST_SECONDS);

    private final Thread reader = new Thread(this::readUntilInterrupted, "host-devices");
    private volatile Values values = Values.NONE;

    DeviceGauge(SystemInfo info) {
        system = info.getOperatingSystem();
        sensors = info.getHardware().getSensors();
        pageFaults = PageFaults.of(info);
        cpus = info.getHardware().getProcessor().getLogicalProcessorCount();
        // dm-*: logical volumes, whose bytes their disks count already; zram and loop devices are memory and files
        disks = info.getHardware().getDiskStores().stream()
                .filter(disk -> !disk.getName().matches("/dev/(dm-|zram|loop|ram).*"))
                .toList();
        networks = info.getHardware().getNetworkIFs();
        values = read(0, System.nanoTime() / 1e9);
        reader.setDaemon(true);
        reader.start();
    }

    Values values() {
        return values;
    }

    @Override
    public void close() {
        reader.interrupt();
    }

    private void readUntilInterrupted() {
        try {
            for (int round = 1; ; round++) {
                long begin = System.nanoTime();
                values = read(round, begin / 1e9);
                long workMillis = (System.nanoTime() - begin) / 1_000_000;
                Thread.sleep(Math.max(ROUND_MILLIS - workMillis, REST * workMillis));
            }
        } catch (InterruptedException closed) {
            // the end of this thread
        }
    }

    private Values read(int round, double seconds) {
        faults.add(pageFaults.count(), seconds);
        readNetworks(seconds);
        if (round % ROUNDS_PER_DISKS == 0) {
            readDisks(seconds);
        }
        return new Values(
                FAULTS_PER_CPU.of(faults.ratio() / cpus),
                DISK_BYTES.of(diskRead.ratio()),
                DISK_BYTES.of(diskWrite.ratio()),
                NETWORK_BYTES.of(networkIn.ratio()),
                NETWORK_BYTES.of(networkOut.ratio()),
                round % ROUNDS_PER_PROCESSES == 0 ? PROCESSES.of(system.getProcessCount()) : values.processes,
                round % ROUNDS_PER_TEMPERATURE == 0 ? temperature() : values.temperature);
    }

    private void readNetworks(double seconds) {
        double in = 0;
        double out = 0;
        for (NetworkIF network : networks) {
            network.updateAttributes();
            in += network.getBytesRecv();
            out += network.getBytesSent();
        }
        networkIn.add(in, seconds);
        networkOut.add(out, seconds);
    }

    private void readDisks(double seconds) {
        double read = 0;
        double write = 0;
        for (HWDiskStore disk : disks) {
            disk.updateAttributes();
            read += disk.getReadBytes();
            write += disk.getWriteBytes();
        }
        diskRead.add(read, seconds);
        diskWrite.add(write, seconds);
    }

    private float temperature() {
        double celsius = sensors.getCpuTemperature();
        return Double.isFinite(celsius) ? (float) Math.max(0, Math.min(1, celsius / 100)) : 0;
    }

    /** The latest of each, as 0..1. */
    record Values(
            float pageFaults,
            float diskRead,
            float diskWrite,
            float networkIn,
            float networkOut,
            float processes,
            float temperature) {
        static final Values NONE = new Values(0, 0, 0, 0, 0, 0, 0);
    }
}
