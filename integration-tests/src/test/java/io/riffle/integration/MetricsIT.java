package io.riffle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.integration.cluster.Cluster;
import io.riffle.integration.cluster.Patience;
import io.riffle.integration.cluster.Ports;
import io.riffle.integration.cluster.RiffleJob;
import io.riffle.integration.load.NoisyNetwork;
import io.riffle.integration.load.Sensor;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkEncoder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What a Prometheus server reads from the task managers of a real cluster. */
class MetricsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PREFIX = "flink_taskmanager_job_task_operator_riffle_";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void tellsPrometheusWhatHappened() {
        int[] ports = Ports.find(3);
        Map<String, String> reporter = Map.of(
                "metrics.reporters",
                "prom",
                "metrics.reporter.prom.factory.class",
                "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
                "metrics.reporter.prom.port",
                Arrays.stream(ports).mapToObj(Integer::toString).collect(Collectors.joining(",")));
        List<String> options = List.of("--gap", "zeros", "--horizon", "10");
        try (Cluster cluster = Cluster.start("metrics", reporter);
                RiffleJob job = new RiffleJob(cluster, "metrics", NoisyNetwork.create(), options)) {
            job.submit();
            send(cluster, job.input());
            Patience.await(
                    "40 steps behind the last module",
                    PATIENCE,
                    () -> sum(ports, "steps", series -> series.contains("operator_name=\"encode\"")) == 40);

            assertThat(sum(ports, "steps", of("1_LIF"))).isEqualTo(40);
            assertThat(sum(ports, "chunks", of("1_LIF"))).isEqualTo(4);
            assertThat(sum(ports, "spikes", of("1_LIF"))).isPositive();
            assertThat(sum(ports, "evolve_nanoseconds", of("1_LIF"))).isPositive();
            assertThat(sum(ports, "streams", of("1_LIF"))).isEqualTo(1);
            assertThat(sum(ports, "state_bytes", of("1_LIF"))).isEqualTo(8 + 3 * 8 * 4);
            assertThat(sum(ports, "gaps", of("sequence"))).isEqualTo(1);
            assertThat(sum(ports, "gap_steps", of("sequence"))).isEqualTo(10);
            assertThat(sum(ports, "waiting_chunks", of("sequence"))).isEqualTo(1);
            assertThat(sum(ports, "waiting_bytes", of("sequence"))).isPositive();
            assertThat(sum(ports, "kind_notices", series -> series.contains("kind=\"gap_zeros\"")))
                    .isEqualTo(1);
            assertThat(sum(ports, "reason_rejected_records", series -> series.contains("reason=\"malformed\"")))
                    .isEqualTo(1);
            assertThat(sum(ports, "reason_rejected_records", series -> series.contains("reason=\"duplicate\"")))
                    .isEqualTo(1);
            assertThat(sum(ports, "latency_milliseconds_count", of("encode"))).isEqualTo(3);
        }
    }

    private static Predicate<String> of(String operator) {
        return series -> series.contains("operator_name=\"%s\"".formatted(operator));
    }

    /** Thirty steps with ten missing among them, one chunk twice, one that goes on waiting, and one that is none. */
    private static void send(Cluster cluster, String topic) {
        ChunkEncoder encoder = new ChunkEncoder(NoisyNetwork.DT);
        try (KafkaProducer<String, byte[]> producer = cluster.brokers().producer()) {
            for (long first : new long[] {0, 0, 20, 30, 41}) {
                int steps = 10 - (int) (first % 10);
                float[] values = Sensor.read("arm", first, steps);
                byte[] chunk = encoder.encode(new Chunk("arm", first, steps, Sensor.CHANNELS, values));
                producer.send(new ProducerRecord<>(topic, "arm", chunk));
            }
            producer.send(new ProducerRecord<>(topic, "arm", new byte[] {1, 2, 3}));
        }
    }

    private double sum(int[] ports, String metric, Predicate<String> which) {
        ToDoubleFunction<String> value = line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
        return lines(ports).stream()
                .filter(line -> line.startsWith(PREFIX + metric + "{"))
                .filter(which)
                .mapToDouble(value)
                .sum();
    }

    /** What all processes say; one of them is the job manager, which knows nothing of operators. */
    private List<String> lines(int[] ports) {
        List<String> lines = new ArrayList<>();
        for (int port : ports) {
            URI metrics = URI.create("http://%s:%d/metrics".formatted(Ports.LOOPBACK, port));
            try {
                http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofLines())
                        .body()
                        .forEach(lines::add);
            } catch (IOException e) {
                throw new AssertionError(metrics + " does not answer", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
        return lines;
    }
}
