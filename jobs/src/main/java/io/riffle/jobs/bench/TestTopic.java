package io.riffle.jobs.bench;

import io.riffle.jobs.kafka.Brokers;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkEncoder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What is in a topic that a measurement reads: all streams take turns, a chunk each.
 *
 * @param name of the topic
 * @param streams how many
 * @param chunks of each stream
 * @param chunkSteps of each chunk
 */
record TestTopic(String name, int streams, int chunks, int chunkSteps) {
    private static final int DIFFERENT_INPUTS = 61;

    int records() {
        return streams * chunks;
    }

    void fill(Brokers brokers) {
        ChunkEncoder encoder = new ChunkEncoder(BenchNetwork.DT_SECONDS);
        float[][] inputs = new float[DIFFERENT_INPUTS][];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = BenchNetwork.input(chunkSteps, i);
        }
        try (KafkaProducer<String, byte[]> producer = brokers.producer()) {
            int next = 0;
            for (int chunk = 0; chunk < chunks; chunk++) {
                for (int stream = 0; stream < streams; stream++) {
                    producer.send(record(
                            encoder, "stream-" + stream, (long) chunk * chunkSteps, inputs[next++ % inputs.length]));
                }
            }
        }
    }

    ProducerRecord<String, byte[]> record(ChunkEncoder encoder, String stream, long firstStep, float[] input) {
        Chunk chunk = new Chunk(stream, firstStep, chunkSteps, BenchNetwork.INPUTS, input);
        return new ProducerRecord<>(name, stream, encoder.encode(chunk));
    }
}
