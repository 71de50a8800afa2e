package io.deformux.results.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.results.state.KnownResults;
import io.deformux.storage.StorageRouter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The OpenAPI file describes what is served, all of it and nothing else. */
class OpenApiTest {
    /** What people look at, and the file itself. */
    private static final Set<String> UNDESCRIBED = Set.of("GET /", "GET /site/{}", "GET /api/openapi.json");

    @Test
    void everyCallIsDescribedWithWhoMayMakeIt() throws IOException {
        Set<String> served = new TreeSet<>();
        for (Route route : routes()) {
            String call = route.method() + " " + route.path();
            if (!UNDESCRIBED.contains(call)) {
                served.add(call + (route.right() == Route.Right.WRITE ? " with the token" : ""));
            }
        }

        assertThat(described()).isNotEmpty().isEqualTo(served);
    }

    private static Set<String> described() throws IOException {
        Set<String> described = new TreeSet<>();
        JsonNode document;
        try (InputStream file = Page.class.getResourceAsStream("openapi.json")) {
            document = new ObjectMapper().readTree(file);
        }
        document.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(call -> described.add(call.getKey().toUpperCase(Locale.ROOT) + " "
                        + path.getKey().replaceAll("\\{[^}]*}", "{}")
                        + (call.getValue().has("security") ? " with the token" : ""))));
        return described;
    }

    private static List<Route> routes() {
        KnownResults results = new KnownResults(1);
        Page.Rights rights =
                new Page.Rights(Gate.loopback(), Optional.of(new Token("a-token-for-the-tests")), Optional.empty());
        try (EventPublisher publisher = new EventPublisher(KafkaConnection.of("127.0.0.1:1"), URI.create("/test"))) {
            return Page.routes(
                    results,
                    new LiveStream(results),
                    new OutputFiles(results, new StorageRouter(List.of()), Path.of("none")),
                    publisher,
                    rights);
        }
    }
}
