package io.riffle.jobs.bench;

import io.riffle.schemas.ChunkEncoder;
import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/** Records at a steady pace into one topic, whose outputs are awaited in another one, in the same order. */
final class SteadyFeed implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final TestTopic topic;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final ChunkEncoder encoder = new ChunkEncoder(BenchNetwork.DT_SECONDS);
    private final float[] input;
    private int sent;

    SteadyFeed(BenchCluster cluster, TestTopic topic, String output) {
        this.topic = topic;
        input = BenchNetwork.input(topic.chunkSteps(), 0);
        producer = cluster.brokers().producer();
        consumer = cluster.brokers().consumer();
        TopicPartition partition = new TopicPartition(output, 0);
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        consumer.position(partition); // looked up now, not when the first record has come
    }

    /** In microseconds, from the time that a record was due, so that a feed that is held up counts as well. */
    Histogram measure(int records, int perSecond) throws InterruptedException {
        long begin = System.nanoTime();
        long between = TimeUnit.SECONDS.toNanos(1) / perSecond;
        Thread feed = new Thread(() -> send(records, begin, between), "bench-feed");
        feed.setDaemon(true);
        feed.start();
        Histogram histogram = new Histogram(3);
        long deadline = begin + records * between + PATIENCE.toNanos();
        int received = 0;
        while (received < records) {
            int came = consumer.poll(Duration.ofMillis(100)).count();
            long now = System.nanoTime();
            for (int i = 0; i < came; i++) {
                long due = begin + received++ * between;
                histogram.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(now - due)));
            }
            if (now > deadline) {
                throw new RiffleException("%d of %d records came out of %s".formatted(received, records, topic.name()));
            }
        }
        feed.join();
        return histogram;
    }

    private void send(int records, long begin, long between) {
        for (int i = 0; i < records; i++) {
            long due = begin + i * between;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            String stream = "stream-" + sent % topic.streams();
            long firstStep = (long) (sent / topic.streams()) * topic.chunkSteps();
            producer.send(topic.record(encoder, stream, firstStep, input));
            sent++;
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
