package io.riffle.jobs.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class EmbeddedFlinkTest {
    @Test
    void runsAJobShowsAPageAndLeavesNoFolder() throws Exception {
        try (EmbeddedFlink flink = EmbeddedFlink.start(2)) {
            assertThat(TestingFolders.of("riffle-flink")).hasSize(1);

            StreamExecutionEnvironment environment = flink.environment();
            environment.setParallelism(2);
            assertThat(environment.fromSequence(1, 4).map(number -> number * 10).executeAndCollect(4))
                    .containsExactlyInAnyOrder(10L, 20L, 30L, 40L);

            assertThat(flink.web().getHost()).isEqualTo("127.0.0.1");
            HttpResponse<String> page = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(flink.web()).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("Apache Flink");
        }
        assertThat(TestingFolders.of("riffle-flink")).isEmpty();
    }
}
