package io.riffle.jobs.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.jobs.embedded.EmbeddedKafka;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.lifecycle.Stop;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HostFeedTest {
    private static EmbeddedKafka kafka;
    private static Brokers brokers;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.start();
        brokers = new Brokers(kafka.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void aRestartedFeedGoesOnWithTheNextStep() {
        kafka.createTopic("continued", 3);
        long before = System.currentTimeMillis();
        FeedProgress first = feed("continued", "machine-a", 0.01, 5, 230);
        feed("continued", "machine-b", 0.01, 4, 100);
        FeedProgress second = feed("continued", "machine-a", 0.01, 5, 200);

        assertThat(first.firstStep()).isZero();
        assertThat(first.steps()).isEqualTo(23);
        assertThat(second.firstStep()).isEqualTo(23);
        List<ConsumerRecord<String, byte[]>> records = read("continued", 3, "machine-a", 5 + 4);
        long nextStep = 0;
        for (ConsumerRecord<String, byte[]> record : records) {
            Chunk chunk = new ChunkDecoder(16, 0.01).decode(record.key(), record.value());
            assertThat(chunk.firstStep()).isEqualTo(nextStep);
            nextStep = chunk.endStep();
        }
        assertThat(nextStep).isEqualTo(43);
        assertThat(records.get(1).timestamp() - records.get(0).timestamp()).isBetween(48L, 52L);
        assertThat(records.get(0).timestamp()).isBetween(before, System.currentTimeMillis());
    }

    @Test
    void refusesToContinueAStreamOfAnotherKind() {
        kafka.createTopic("other", 1);
        feed("other", "machine", 0.01, 5, 50);
        assertThatThrownBy(() -> feed("other", "machine", 0.02, 5, 50))
                .isInstanceOf(RiffleException.class)
                .hasMessage("stream machine in topic other has 16 channels and dt 0.01 s, this feed has 16 channels "
                        + "and dt 0.02 s: give it another name with --stream");
    }

    @Test
    void saysThatATopicDoesNotExist() {
        assertThatThrownBy(() -> feed("missing", "machine", 0.01, 5, 50))
                .isInstanceOf(RiffleException.class)
                .hasMessage("topic missing does not exist at " + kafka.bootstrapServers());
    }

    private static FeedProgress feed(String topic, String stream, double dt, int chunkSteps, long millis) {
        FeedSettings settings = new FeedSettings(stream, dt, chunkSteps, Optional.of(Duration.ofMillis(millis)));
        try (HostSensors sensors = new HostSensors(HostLayout.SIXTEEN);
                Stop stop = new Stop()) {
            return new HostFeed(brokers, topic, settings, sensors).run(stop, progress -> {});
        }
    }

    private static List<ConsumerRecord<String, byte[]>> read(
            String topic, int partitions, String stream, int expected) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = brokers.consumer()) {
            List<TopicPartition> all = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                all.add(new TopicPartition(topic, partition));
            }
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long deadline = System.nanoTime() + 10_000_000_000L;
            while (records.size() < expected && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.key().equals(stream)) {
                        records.add(record);
                    }
                }
            }
        }
        return records;
    }
}
