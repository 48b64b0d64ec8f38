package io.riffle.jobs.kafka;

import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads what comes into some topics, without a group: nobody else notices. One owner: not for several threads. */
public final class TopicTail implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Set<String> missing;
    private final boolean fromBeginning;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private long lookAgainNanos = System.nanoTime();

    /** @param topics need not exist yet; what comes into one after its creation is read from its beginning */
    public TopicTail(Brokers brokers, Collection<String> topics, boolean fromBeginning) {
        this.consumer = brokers.consumer();
        this.missing = new LinkedHashSet<>(topics);
        this.fromBeginning = fromBeginning;
        assignWhatExists(fromBeginning);
    }

    /** Whether all that the topics held when they were found was read. */
    public boolean isAtEnd() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Topics that do not exist, as far as is known. */
    public Set<String> missing() {
        return Set.copyOf(missing);
    }

    /** What came, in order within a partition; nothing after this time. */
    public List<ConsumerRecord<String, byte[]>> poll(Duration atMost) {
        if (!missing.isEmpty() && System.nanoTime() - lookAgainNanos >= 0) {
            assignWhatExists(true);
        }
        try {
            if (consumer.assignment().isEmpty()) {
                Thread.sleep(atMost.toMillis());
                return List.of();
            }
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            consumer.poll(atMost).forEach(records::add);
            return records;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (KafkaException e) {
            throw new RiffleException("reading from Kafka failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void assignWhatExists(boolean atBeginning) {
        lookAgainNanos = System.nanoTime() + LOOK_AGAIN.toNanos();
        List<TopicPartition> found = new ArrayList<>();
        try {
            consumer.listTopics().forEach((topic, partitions) -> {
                if (missing.remove(topic)) {
                    partitions.forEach(partition -> found.add(new TopicPartition(topic, partition.partition())));
                }
            });
        } catch (KafkaException e) {
            throw new RiffleException("listing the topics failed: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            return;
        }
        List<TopicPartition> all = new ArrayList<>(consumer.assignment());
        all.addAll(found);
        consumer.assign(all);
        ends.putAll(consumer.endOffsets(found));
        if (atBeginning || fromBeginning) {
            consumer.seekToBeginning(found);
        } else {
            consumer.seekToEnd(found);
            // the end is looked up only when it is asked for; what comes from now on shall be seen
            found.forEach(consumer::position);
        }
    }
}
