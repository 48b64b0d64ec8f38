package io.riffle.jobs.bench;

import io.riffle.sim.kernels.Kernels;
import java.lang.management.ManagementFactory;
import java.util.List;
import oshi.SystemInfo;

/**
 * Where it was measured.
 *
 * @param processor its name
 * @param cores that this process may use
 * @param system the operating system
 * @param java the virtual machine
 * @param flags that it was started with, without properties
 * @param kernel what computes the modules, and why
 * @param load of the minute before, in busy cores; negative where the system does not tell
 */
record Machine(
        String processor, int cores, String system, String java, List<String> flags, String kernel, double load) {
    Machine {
        flags = List.copyOf(flags);
    }

    static Machine current() {
        return new Machine(
                new SystemInfo()
                        .getHardware()
                        .getProcessor()
                        .getProcessorIdentifier()
                        .getName()
                        .strip(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "JDK " + System.getProperty("java.vm.version") + ", " + System.getProperty("java.vm.name"),
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(flag -> !flag.startsWith("-D"))
                        .toList(),
                Kernels.description(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
