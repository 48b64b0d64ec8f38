package io.riffle.integration.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** The REST interface of a job manager. */
public final class FlinkRest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TO_ANSWER = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TO_ANSWER)
            .build();
    private final String address;

    FlinkRest(String address) {
        this.address = address;
    }

    /** What is at a path, or nothing as long as nobody answers, or with an error. */
    public Optional<JsonNode> get(String path) {
        return send(request(path));
    }

    public JsonNode require(String path) {
        return get(path).orElseThrow(() -> new AssertionError("http://%s%s does not answer".formatted(address, path)));
    }

    void cancel(String job) {
        HttpRequest request = HttpRequest.newBuilder(uri("/jobs/" + job))
                .timeout(TO_ANSWER)
                .method("PATCH", HttpRequest.BodyPublishers.noBody())
                .build();
        send(request).orElseThrow(() -> new AssertionError("job %s cannot be cancelled".formatted(job)));
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(TO_ANSWER).build();
    }

    private Optional<JsonNode> send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return response.statusCode() / 100 == 2 ? Optional.of(JSON.readTree(response.body())) : Optional.empty();
        } catch (IOException notThere) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + request.uri(), e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://" + address + path);
    }
}
