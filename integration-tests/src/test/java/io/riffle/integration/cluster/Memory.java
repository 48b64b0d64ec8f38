package io.riffle.integration.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM holds.
 *
 * @param heapBytes that are left on the heap after a full collection
 * @param directBytes of buffers beside the heap
 * @param residentBytes of the process, all kinds of memory
 */
public record Memory(long heapBytes, long directBytes, long residentBytes) {
    private static final Pattern HEAP = Pattern.compile("total \\d+K, used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final int KILO = 1024;

    static final Memory NONE = new Memory(0, 0, 0);

    /** Collects the garbage of a process, and looks at it. */
    static Memory of(long pid, long directBytes) {
        try {
            jcmd(pid, "GC.run");
            long heap = kilos(HEAP, jcmd(pid, "GC.heap_info"));
            Path status = Path.of("/proc", Long.toString(pid), "status");
            long resident = Files.exists(status) ? kilos(RESIDENT, Files.readString(status)) : 0;
            return new Memory(heap * KILO, directBytes, resident * KILO);
        } catch (IOException e) {
            throw new AssertionError("cannot look at the memory of process " + pid, e);
        }
    }

    Memory plus(Memory other) {
        return new Memory(
                heapBytes + other.heapBytes, directBytes + other.directBytes, residentBytes + other.residentBytes);
    }

    private static long kilos(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("found no %s in:%n%s".formatted(pattern, text));
        }
        return Long.parseLong(matcher.group(1));
    }

    private static String jcmd(long pid, String command) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
