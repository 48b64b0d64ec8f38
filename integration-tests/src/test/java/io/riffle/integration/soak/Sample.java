package io.riffle.integration.soak;

import io.riffle.integration.cluster.Memory;
import java.time.Duration;
import java.util.Locale;

/**
 * What a job holds at some time.
 *
 * @param after the beginning
 * @param memory of the task managers
 * @param stateBytes of the newest checkpoint
 * @param recordsPerSecond since the sample before
 * @param streams that were seen so far
 */
public record Sample(Duration after, Memory memory, long stateBytes, double recordsPerSecond, long streams) {
    private static final String ROW = "%8s %18s %10s %12s %10s %10s %9s%n";

    static String header() {
        return ROW.formatted(
                "after s", "heap after GC MiB", "direct MiB", "resident MiB", "state KiB", "records/s", "streams");
    }

    String row() {
        return ROW.formatted(
                after.toSeconds(),
                mebi(memory.heapBytes()),
                mebi(memory.directBytes()),
                mebi(memory.residentBytes()),
                stateBytes >> 10,
                Math.round(recordsPerSecond),
                streams);
    }

    static String mebi(double bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / (1 << 20));
    }
}
