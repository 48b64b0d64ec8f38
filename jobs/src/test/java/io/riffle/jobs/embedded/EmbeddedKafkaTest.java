package io.riffle.jobs.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.RiffleException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class EmbeddedKafkaTest {
    @Test
    void keepsARecordAndLeavesNoFolder() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            assertThat(TestingFolders.of("riffle-kafka")).hasSize(1);
            kafka.createTopic("greetings", 2);

            Map<String, Object> servers = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (KafkaProducer<String, String> producer =
                    new KafkaProducer<>(servers, new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>("greetings", 1, "key", "hello"))
                        .get();
            }
            try (KafkaConsumer<String, String> consumer =
                    new KafkaConsumer<>(servers, new StringDeserializer(), new StringDeserializer())) {
                TopicPartition partition = new TopicPartition("greetings", 1);
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                assertThat(consumer.poll(Duration.ofSeconds(10)))
                        .singleElement()
                        .satisfies(received -> assertThat(received.value()).isEqualTo("hello"));
            }

            assertThatThrownBy(() -> kafka.createTopic("greetings", 2))
                    .isInstanceOf(RiffleException.class)
                    .hasMessage("topic greetings: Topic 'greetings' already exists.");
        }
        assertThat(TestingFolders.of("riffle-kafka")).isEmpty();
    }

    @Test
    void keepsRecordsHoweverOldTheyAre() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            kafka.createTopic("recordings", 1);
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "recordings");
            Config settings = admin.describeConfigs(List.of(topic)).all().get().get(topic);
            assertThat(settings.get("retention.ms").value()).isEqualTo("-1");
        }
    }

    @Test
    void saysThatAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedKafka.start(taken.getLocalPort()))
                    .isInstanceOf(RiffleException.class)
                    .hasMessageStartingWith("the embedded Kafka broker cannot listen on 127.0.0.1:"
                            + taken.getLocalPort() + ": Address already in use");
        }
    }
}
