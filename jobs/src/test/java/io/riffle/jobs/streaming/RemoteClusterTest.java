package io.riffle.jobs.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a cluster's REST address says, and what a person is told of it. */
class RemoteClusterTest {
    private static final String JOB = "4f00";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer server;
    private RemoteCluster cluster;
    private String address;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String answer = answers.get(exchange.getRequestURI().toString());
            byte[] body = (answer == null ? "nothing here" : answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        address = "127.0.0.1:" + port;
        cluster = new RemoteCluster(InetSocketAddress.createUnresolved("127.0.0.1", port), Duration.ofMillis(1));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void wantsFlinkOfTheSameMinorVersion() {
        answers.put("/overview", "{'flink-version':'2.3.7'}".replace('\'', '"'));
        cluster.requireVersion("2.3.0");

        answers.put("/overview", "{'flink-version':'1.20.1'}".replace('\'', '"'));
        assertThatThrownBy(() -> cluster.requireVersion("2.3.0"))
                .isInstanceOf(RiffleException.class)
                .hasMessage("the Flink cluster at %s has version 1.20.1, expected 2.3", address);
    }

    @Test
    void saysWhatAnswersInsteadOfFlink() {
        assertThatThrownBy(() -> cluster.requireVersion("2.3.0"))
                .hasMessage(
                        "%s answers with HTTP status 404, expected the REST address of a Flink cluster's job manager",
                        address);
        answers.put("/overview", "<html>");
        assertThatThrownBy(() -> cluster.requireVersion("2.3.0"))
                .hasMessage(
                        "%s answers with something else, expected the REST address of a Flink cluster's job manager",
                        address);
        server.stop(0);
        assertThatThrownBy(() -> cluster.requireVersion("2.3.0")).hasMessage("no Flink cluster answers at " + address);
    }

    @Test
    void refusesANameThatIsTaken() {
        answers.put(
                "/jobs/overview",
                "{'jobs':[{'jid':'4f00','name':'new','end-time':-1},{'jid':'4f01','name':'old','end-time':9}]}"
                        .replace('\'', '"'));
        cluster.requireUnused("old");
        assertThatThrownBy(() -> cluster.requireUnused("new"))
                .hasMessage(
                        "job 'new' is on the Flink cluster at %s already, as 4f00; stop it, or give --name", address);
    }

    @Test
    void waitsUntilAllRuns() throws InterruptedException {
        answers.put("/jobs/" + JOB, "{'state':'RUNNING','vertices':[{'status':'RUNNING'}]}".replace('\'', '"'));
        assertThat(cluster.awaitRunning(JOB)).isEmpty();
    }

    @Test
    void saysThatSlotsAreLacking() throws InterruptedException {
        answers.put(
                "/jobs/" + JOB,
                "{'state':'RUNNING','vertices':[{'status':'CREATED','parallelism':3,'tasks':{'SCHEDULED':3}}]}"
                        .replace('\'', '"'));
        answers.put("/overview", "{'slots-available':1,'slots-total':4}".replace('\'', '"'));
        failedWith("");
        assertThat(cluster.awaitRunning(JOB)).hasValue("1 of 4 task slots are free, it needs 3");

        failedWith("a.b.NoResourceAvailableException: Could not acquire the minimum required resources.");
        assertThat(cluster.awaitRunning(JOB)).hasValue("1 of 4 task slots are free, it needs 3");
    }

    @Test
    void saysTheInnermostCauseOfAFailure() throws InterruptedException {
        failedWith("a.b.Wrapped: outer\\n\\tat a.b.C\\nCaused by: a.b.KafkaException: no broker: at all\\n\\tat a.b.D");
        answers.put("/jobs/" + JOB, "{'state':'RESTARTING','vertices':[]}".replace('\'', '"'));
        assertThat(cluster.awaitRunning(JOB)).hasValue("it starts again and again: no broker: at all");

        answers.put("/jobs/" + JOB, "{'state':'FAILED','vertices':[]}".replace('\'', '"'));
        assertThatThrownBy(() -> cluster.awaitRunning(JOB)).hasMessage("the job failed: no broker: at all");
    }

    private void failedWith(String stackTrace) {
        answers.put(
                "/jobs/" + JOB + "/exceptions?maxExceptions=1",
                "{'exceptionHistory':{'entries':[{'stacktrace':'%s'}]}}"
                        .formatted(stackTrace)
                        .replace('\'', '"'));
    }
}
