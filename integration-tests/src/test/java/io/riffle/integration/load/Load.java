package io.riffle.integration.load;

import io.riffle.jobs.kafka.Brokers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Several streams that send one chunk each in every period, whatever happens to the others. */
public final class Load implements AutoCloseable {
    /** What Kafka calls it. */
    public static final String CLIENT = "load";

    private final List<String> streams;
    private final Duration period;
    private final PatientProducer producer;
    private final Thread thread = new Thread(this::run, "load");
    private volatile long steps; // of each stream
    private volatile boolean ending;

    /** @param period from one chunk of a stream to its next */
    public Load(Brokers brokers, String topic, int streams, Duration period) {
        this.streams = IntStream.range(0, streams).mapToObj(i -> "arm-" + i).toList();
        this.period = period;
        producer = new PatientProducer(brokers, CLIENT, topic);
        thread.setDaemon(true);
        thread.start();
    }

    public List<String> streams() {
        return streams;
    }

    /** Sends no more, waits until all is in the topic, and tells how many steps each stream has sent. */
    public long end() {
        close();
        return steps;
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

    private void run() {
        long next = System.nanoTime();
        for (long first = 0; !ending; first += PatientProducer.STEPS) {
            for (String stream : streams) {
                producer.send(stream, first);
            }
            steps = first + PatientProducer.STEPS;
            next += period.toNanos();
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }
}
