package io.riffle.jobs.kafka;

import io.riffle.schemas.BadChunkException;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.schemas.DecodedChunk;
import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Finds the last chunk of one stream in a topic, so that whoever feeds the stream can go on after it. */
public final class StreamEnd {
    private static final long FIRST_LOOK_BACK = 100;

    private final KafkaConsumer<String, byte[]> consumer;

    private StreamEnd(KafkaConsumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    /** The chunk that ends latest; nothing for a stream that the topic does not hold. */
    public static Optional<DecodedChunk> find(Brokers brokers, String topic, int partitions, String stream) {
        try (KafkaConsumer<String, byte[]> consumer = brokers.consumer()) {
            List<TopicPartition> all = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                all.add(new TopicPartition(topic, partition));
            }
            return new StreamEnd(consumer).search(all, stream);
        }
    }

    /** All partitions, because a topic that has grown holds the older records of a stream elsewhere. */
    private Optional<DecodedChunk> search(List<TopicPartition> partitions, String stream) {
        consumer.assign(partitions);
        consumer.pause(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, Brokers.PATIENCE);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, Brokers.PATIENCE);
        Optional<DecodedChunk> latest = Optional.empty();
        for (TopicPartition partition : partitions) {
            Optional<DecodedChunk> found =
                    searchBackwards(partition, begins.get(partition), ends.get(partition), stream);
            if (latest.isEmpty() || found.isPresent() && endStep(found) > endStep(latest)) {
                latest = found;
            }
        }
        return latest;
    }

    /** Looks back from the end in strides that double: the stream of a feed that was just restarted is found at once. */
    private Optional<DecodedChunk> searchBackwards(TopicPartition partition, long begin, long end, String stream) {
        long until = end;
        long stride = FIRST_LOOK_BACK;
        while (until > begin) {
            long from = Math.max(begin, until - stride);
            Optional<DecodedChunk> found = lastBetween(partition, from, until, stream);
            if (found.isPresent()) {
                return found;
            }
            until = from;
            stride *= 2;
        }
        return Optional.empty();
    }

    private Optional<DecodedChunk> lastBetween(TopicPartition partition, long from, long until, String stream) {
        consumer.seek(partition, from);
        consumer.resume(List.of(partition));
        Deque<byte[]> lastFirst = new ArrayDeque<>();
        long deadline = System.nanoTime() + Brokers.PATIENCE.toNanos();
        // by position, not by the offset of a record: the last offsets may be markers of transactions
        while (consumer.position(partition) < until) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                deadline = System.nanoTime() + Brokers.PATIENCE.toNanos();
                if (record.offset() < until && stream.equals(record.key())) {
                    lastFirst.push(record.value());
                }
            }
            if (System.nanoTime() > deadline) {
                throw new RiffleException("topic %s partition %d gave no record from offset %d on within %d s"
                        .formatted(
                                partition.topic(),
                                partition.partition(),
                                consumer.position(partition),
                                Brokers.PATIENCE.toSeconds()));
            }
        }
        consumer.pause(List.of(partition));
        return lastFirst.stream()
                .map(value -> decodeIfPossible(stream, value))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What somebody else wrote under this name and is no chunk, is no part of the stream. */
    private static Optional<DecodedChunk> decodeIfPossible(String stream, byte[] value) {
        try {
            return Optional.of(ChunkDecoder.anything().decodeWithMetadata(stream, value));
        } catch (BadChunkException e) {
            return Optional.empty();
        }
    }

    private static long endStep(Optional<DecodedChunk> chunk) {
        return chunk.orElseThrow().chunk().endStep();
    }
}
