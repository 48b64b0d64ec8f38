package io.riffle.jobs.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;

class EmbeddedFlinkTest {
    @Test
    void runsAJobShowsAPageAndLeavesNoFolder() throws Exception {
        try (EmbeddedFlink flink = EmbeddedFlink.start(2)) {
            assertThat(TestingFolders.of("riffle-flink")).hasSize(1);

            StreamExecutionEnvironment environment = flink.environment();
            environment.setParallelism(2);
            environment.fromSequence(1, 4).sinkTo(new DiscardingSink<>());
            JobClient job = environment.executeAsync("numbers");
            job.getJobExecutionResult().get();
            assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.FINISHED);

            assertThat(flink.web().getHost()).isEqualTo("127.0.0.1");
            HttpResponse<String> page = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(flink.web()).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("Apache Flink");
        }
        assertThat(TestingFolders.of("riffle-flink")).isEmpty();
    }
}
