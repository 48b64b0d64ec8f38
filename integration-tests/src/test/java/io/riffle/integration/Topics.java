package io.riffle.integration;

import io.riffle.jobs.kafka.Brokers;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.schemas.DecodedChunk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads topics of a test from their beginning, as an outsider who sees only what was committed. */
final class Topics {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Brokers brokers;

    Topics(Brokers brokers) {
        this.brokers = brokers;
    }

    /** All records of a topic, as soon as they are enough. */
    List<ConsumerRecord<String, byte[]>> read(String topic, Predicate<List<ConsumerRecord<String, byte[]>>> enough) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = brokers.consumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!enough.test(records)) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("topic %s gave %d records within %d s, expected more"
                            .formatted(topic, records.size(), PATIENCE.toSeconds()));
                }
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** The output of each stream, step by step; a step that is missing, doubled or out of order is an error. */
    Map<String, float[]> steps(String topic, Map<String, Integer> stepsOfStreams) {
        long wanted = stepsOfStreams.values().stream().mapToInt(steps -> steps).sum();
        Map<String, List<DecodedChunk>> chunks = new TreeMap<>();
        for (ConsumerRecord<String, byte[]> record : read(topic, records -> stepsIn(records) >= wanted)) {
            chunks.computeIfAbsent(record.key(), stream -> new ArrayList<>())
                    .add(ChunkDecoder.anything().decodeWithMetadata(record.key(), record.value()));
        }
        Map<String, float[]> joined = new TreeMap<>();
        chunks.forEach((stream, ofStream) -> joined.put(stream, join(stream, ofStream)));
        return joined;
    }

    private static long stepsIn(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream()
                .mapToLong(record -> ChunkDecoder.anything()
                        .decode(record.key(), record.value())
                        .steps())
                .sum();
    }

    private static float[] join(String stream, List<DecodedChunk> chunks) {
        int count = chunks.stream()
                .mapToInt(decoded -> decoded.chunk().values().length)
                .sum();
        float[] values = new float[count];
        int at = 0;
        long next = 0;
        for (DecodedChunk decoded : chunks) {
            if (decoded.chunk().firstStep() != next) {
                throw new AssertionError(
                        "stream %s gave %s, expected step %d next".formatted(stream, decoded.chunk(), next));
            }
            next = decoded.chunk().endStep();
            System.arraycopy(
                    decoded.chunk().values(), 0, values, at, decoded.chunk().values().length);
            at += decoded.chunk().values().length;
        }
        return values;
    }
}
