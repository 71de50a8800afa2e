package io.deformux.pacs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The few calls of Orthanc's REST API that the bridge needs. One thread.
 *
 * @see <a href="https://orthanc.uclouvain.be/book/users/rest.html">Orthanc Book, REST API, "Tracking changes"</a>
 */
public final class Orthanc {
    private static final int HTTP_OK = 200;
    private static final int HTTP_UNAUTHORIZED = 401;
    private static final int HTTP_NOT_FOUND = 404;
    private static final int PAGE = 1000;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI root;
    private final Optional<String> authorization;
    private final Duration timeout;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();

    /** A page of the change feed: the ids of series that became stable, each once, and where the page ends. */
    record Changes(Set<String> stableSeries, long last, boolean done) {}

    /**
     * An Orthanc.
     *
     * @param root such as {@code http://localhost:8042}, without a slash at its end
     * @param credentials {@code user:password}
     */
    public Orthanc(URI root, Optional<String> credentials) {
        this(root, credentials, TIMEOUT);
    }

    /** An Orthanc whose answers have to be whole after this time. */
    Orthanc(URI root, Optional<String> credentials, Duration timeout) {
        this.root = root;
        this.timeout = timeout;
        this.authorization =
                credentials.map(c -> "Basic " + Base64.getEncoder().encodeToString(c.getBytes(StandardCharsets.UTF_8)));
    }

    /** The changes behind number {@code since}, at most {@code limit} of them. */
    Changes changes(long since, int limit) throws IOException, InterruptedException {
        JsonNode page = get("/changes?since=" + since + "&limit=" + limit)
                .orElseThrow(() -> new IOException("Orthanc has no change feed"));
        Set<String> series = new LinkedHashSet<>();
        for (JsonNode change : page.path("Changes")) {
            if (change.path("ChangeType").asText().equals("StableSeries")) {
                series.add(change.path("ID").asText());
            }
        }
        return new Changes(
                series, page.path("Last").asLong(since), page.path("Done").asBoolean(true));
    }

    /** The number of the newest change. */
    long lastChange() throws IOException, InterruptedException {
        return get("/changes?last")
                .orElseThrow(() -> new IOException("Orthanc has no change feed"))
                .path("Last")
                .asLong();
    }

    /** The number of the last change before a time that begins with {@code date}, as 20260301; 0 if there is none. */
    long lastChangeBefore(String date) throws IOException, InterruptedException {
        long since = 0;
        while (true) {
            JsonNode page = get("/changes?since=" + since + "&limit=" + PAGE)
                    .orElseThrow(() -> new IOException("Orthanc has no change feed"));
            for (JsonNode change : page.path("Changes")) {
                if (change.path("Date").asText().compareTo(date) >= 0) {
                    return since;
                }
                since = change.path("Seq").asLong(since);
            }
            if (page.path("Done").asBoolean(true) || page.path("Changes").isEmpty()) {
                return since;
            }
        }
    }

    /** A series by Orthanc's id; empty if it is gone. */
    Optional<Series> series(String id) throws IOException, InterruptedException {
        if (!id.matches("[0-9a-f-]{1,80}")) {
            throw new IOException("Orthanc names a series that is no id of its own");
        }
        Optional<JsonNode> series = get("/series/" + id);
        Optional<JsonNode> study = series.isPresent() ? get("/series/" + id + "/study") : Optional.empty();
        if (study.isEmpty()) {
            return Optional.empty();
        }
        JsonNode tags = series.get().path("MainDicomTags");
        JsonNode studyTags = study.get().path("MainDicomTags");
        List<String> instances = new ArrayList<>();
        series.get().path("Instances").forEach(instance -> instances.add(instance.asText()));
        Collections.sort(instances);
        return Optional.of(new Series(
                studyTags.path("StudyInstanceUID").asText(),
                tags.path("SeriesInstanceUID").asText(),
                tags.path("Modality").asText(),
                tags.path("BodyPartExamined").asText(),
                tags.path("SeriesDescription").asText() + "\n"
                        + studyTags.path("StudyDescription").asText(),
                instances));
    }

    /** Its address. */
    @Override
    public String toString() {
        return root.toString();
    }

    private Optional<JsonNode> get(String path) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + path));
        authorization.ifPresent(value -> request.header("Authorization", value));
        HttpResponse<byte[]> response = send(request.build());
        if (response.statusCode() == HTTP_NOT_FOUND) {
            return Optional.empty();
        }
        if (response.statusCode() != HTTP_OK) {
            throw new IOException("Orthanc answers " + response.statusCode()
                    + (response.statusCode() == HTTP_UNAUTHORIZED ? ": see --credentials" : ""));
        }
        try {
            return Optional.of(mapper.readTree(response.body()));
        } catch (JsonProcessingException e) {
            // Not as the cause: its message holds what was answered, perhaps of a patient.
            throw new IOException("Orthanc answers with something that is no JSON");
        }
    }

    /** The client's own timeout ends where an answer begins. */
    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("Orthanc does not answer: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("Orthanc has not answered after " + timeout.toSeconds() + " s", e);
        } finally {
            answer.cancel(true);
        }
    }
}
