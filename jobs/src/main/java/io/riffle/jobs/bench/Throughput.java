package io.riffle.jobs.bench;

import io.riffle.jobs.streaming.RunningJob;

/**
 * How fast a job that has just been started works off a topic.
 *
 * @param records that were seen to come out
 * @param nanos in which they did
 */
record Throughput(long records, long nanos) {
    /** What has come out before counting begins: the job's start, and a stream's first chunk. */
    private static final double BEFORE = 0.15;

    private static final double UNTIL = 0.97;

    double perSecond() {
        return records / (nanos / 1e9);
    }

    /**
     * @param before how many records the output had before the job was started
     * @param records that will come
     * @param seconds after which no more are counted
     */
    static Throughput measure(
            BenchCluster cluster, RunningJob job, String output, long before, long records, double seconds)
            throws InterruptedException {
        long first = cluster.await(output, before, (long) (BEFORE * records), job);
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        long last = cluster.await(output, before, (long) (UNTIL * records), job, end);
        return new Throughput(last - first, System.nanoTime() - begin);
    }
}
