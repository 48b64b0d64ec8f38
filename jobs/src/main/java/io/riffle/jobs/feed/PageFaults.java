package io.riffle.jobs.feed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import oshi.SystemInfo;
import oshi.hardware.VirtualMemory;
import oshi.util.FileUtil;

/**
 * Page faults of the whole machine since it started. OSHI knows them per process only, so on Linux they come from
 * {@code /proc/vmstat}; elsewhere the pages swapped in stand for them: the part of the faults that hurts.
 */
interface PageFaults {
    double count();

    static PageFaults of(SystemInfo info) {
        Path vmstat = Path.of("/proc/vmstat");
        if (Files.isReadable(vmstat)) {
            return () -> fromVmstat(FileUtil.readFile(vmstat.toString(), false));
        }
        VirtualMemory memory = info.getHardware().getMemory().getVirtualMemory();
        return memory::getSwapPagesIn;
    }

    static double fromVmstat(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith("pgfault ")) {
                return Double.parseDouble(line.substring("pgfault ".length()).trim());
            }
        }
        return 0;
    }
}
