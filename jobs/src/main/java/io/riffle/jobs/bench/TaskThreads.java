package io.riffle.jobs.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.List;

/** The threads in which Flink runs the operators of the one job that runs here. */
final class TaskThreads {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** How the first operator of each task is called; threads are called after it. */
    private static final List<String> FIRST_OPERATORS = List.of("Source: ", "sequence ");

    private TaskThreads() {}

    /** What they have allocated since they began, in bytes. */
    static long allocatedBytes() {
        long sum = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && FIRST_OPERATORS.stream().anyMatch(thread.getThreadName()::startsWith)) {
                sum += Math.max(0, THREADS.getThreadAllocatedBytes(thread.getThreadId()));
            }
        }
        return sum;
    }
}
