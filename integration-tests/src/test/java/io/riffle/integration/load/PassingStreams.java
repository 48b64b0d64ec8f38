package io.riffle.integration.load;

import io.riffle.jobs.kafka.Brokers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A number of streams at a time, each of which sends some chunks and is never seen again; another takes its place. */
public final class PassingStreams implements AutoCloseable {
    private static final int CHUNKS_EACH = 25;

    /** Of each stream in its whole life. */
    public static final long STEPS_EACH = (long) CHUNKS_EACH * PatientProducer.STEPS;

    private final int atOnce;
    private final Duration period;
    private final PatientProducer producer;
    private final Thread thread = new Thread(this::run, "passing-streams");
    private final AtomicLong streams = new AtomicLong();
    private volatile boolean ending;

    /** @param period from one chunk of a stream to its next */
    public PassingStreams(Brokers brokers, String topic, int atOnce, Duration period) {
        this.atOnce = atOnce;
        this.period = period;
        producer = new PatientProducer(brokers, "passing-streams", topic);
        thread.setDaemon(true);
        thread.start();
    }

    /** How many have begun so far. */
    public long streams() {
        return streams.get();
    }

    /** Lets none begin any more, waits until those that are there have ended, and tells how many there were. */
    public long end() {
        close();
        return streams.get();
    }

    @Override
    public void close() {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }

    /** Each place is empty for another time at first, so that streams come and go evenly. */
    private void run() {
        long[] stream = new long[atOnce];
        int[] sent = new int[atOnce];
        for (int place = 0; place < atOnce; place++) {
            sent[place] = CHUNKS_EACH + place % CHUNKS_EACH;
        }
        long next = System.nanoTime();
        boolean any = true;
        while (any) {
            any = false;
            for (int place = 0; place < atOnce; place++) {
                if (sent[place] > CHUNKS_EACH) {
                    sent[place]--; // not yet
                } else if (sent[place] < CHUNKS_EACH || !ending) {
                    if (sent[place] == CHUNKS_EACH) {
                        stream[place] = streams.getAndIncrement();
                        sent[place] = 0;
                    }
                    producer.send("guest-" + stream[place], (long) sent[place] * PatientProducer.STEPS);
                    sent[place]++;
                }
                any |= !ending || sent[place] < CHUNKS_EACH;
            }
            next += period.toNanos();
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }
}
