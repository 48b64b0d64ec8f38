package io.riffle.jobs.kafka;

import static java.util.Objects.requireNonNull;

import io.riffle.schemas.BadChunkException;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.schemas.DecodedChunk;
import io.riffle.schemas.Formats;
import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a stream ends in a topic, so that whoever feeds it can go on after that.
 *
 * @param run the highest one that the stream has come to
 * @param chunk the one that ends latest; nothing if the stream ends with samples
 */
public record StreamEnd(long run, Optional<DecodedChunk> chunk) {
    public StreamEnd {
        requireNonNull(chunk, "chunk is null");
    }

    /**
     * Those of the streams that the topic holds.
     *
     * @throws RiffleException if there is no such topic
     */
    public static Map<String, StreamEnd> find(Brokers brokers, String topic, Set<String> streams) {
        int partitions = brokers.partitions(topic)
                .orElseThrow(
                        () -> new RiffleException("topic %s does not exist at %s".formatted(topic, brokers.servers())));
        try (KafkaConsumer<String, byte[]> consumer = brokers.consumer()) {
            List<TopicPartition> all = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                all.add(new TopicPartition(topic, partition));
            }
            return new Search(consumer, streams).through(all);
        }
    }

    /** What somebody else wrote under this name and is no chunk, is no part of the stream. */
    private static Optional<StreamEnd> of(String stream, byte[] value) {
        try {
            boolean samples = value != null
                    && Formats.of(value).filter(Formats.SAMPLES::equals).isPresent();
            if (samples) {
                long run = ChunkDecoder.anything().decodePayload(stream, value).run();
                return Optional.of(new StreamEnd(run, Optional.empty()));
            }
            DecodedChunk chunk = ChunkDecoder.anything().decodeWithMetadata(stream, value);
            return Optional.of(new StreamEnd(chunk.chunk().run(), Optional.of(chunk)));
        } catch (BadChunkException e) {
            return Optional.empty();
        }
    }

    private boolean isLaterThan(StreamEnd other) {
        return run != other.run ? run > other.run : endStep() > other.endStep();
    }

    private long endStep() {
        return chunk.map(last -> last.chunk().endStep()).orElse(0L);
    }

    /** Looks back from the end in strides that double: the stream of a feed that was just restarted is found at once. */
    private static final class Search {
        private static final long FIRST_LOOK_BACK = 100;

        private final KafkaConsumer<String, byte[]> consumer;
        private final Set<String> streams;

        Search(KafkaConsumer<String, byte[]> consumer, Set<String> streams) {
            this.consumer = consumer;
            this.streams = streams;
        }

        /** All partitions, because a topic that has grown holds the older records of a stream elsewhere. */
        Map<String, StreamEnd> through(List<TopicPartition> partitions) {
            consumer.assign(partitions);
            consumer.pause(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, Brokers.PATIENCE);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, Brokers.PATIENCE);
            Map<String, StreamEnd> latest = new HashMap<>();
            for (TopicPartition partition : partitions) {
                backwards(partition, begins.get(partition), ends.get(partition))
                        .forEach((stream, end) ->
                                latest.merge(stream, end, (one, other) -> one.isLaterThan(other) ? one : other));
            }
            return latest;
        }

        private Map<String, StreamEnd> backwards(TopicPartition partition, long begin, long end) {
            Map<String, StreamEnd> found = new HashMap<>();
            long until = end;
            long stride = FIRST_LOOK_BACK;
            while (until > begin && found.size() < streams.size()) {
                long from = Math.max(begin, until - stride);
                between(partition, from, until).forEach(found::putIfAbsent);
                until = from;
                stride *= 2;
            }
            return found;
        }

        private Map<String, StreamEnd> between(TopicPartition partition, long from, long until) {
            consumer.seek(partition, from);
            consumer.resume(List.of(partition));
            Map<String, StreamEnd> last = new HashMap<>();
            long deadline = System.nanoTime() + Brokers.PATIENCE.toNanos();
            // by position, not by the offset of a record: the last offsets may be markers of transactions
            while (consumer.position(partition) < until) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    deadline = System.nanoTime() + Brokers.PATIENCE.toNanos();
                    if (record.offset() < until && record.key() != null && streams.contains(record.key())) {
                        of(record.key(), record.value()).ifPresent(end -> last.put(record.key(), end));
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
            return last;
        }
    }
}
