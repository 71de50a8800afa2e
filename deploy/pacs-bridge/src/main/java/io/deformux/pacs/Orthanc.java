package io.deformux.pacs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.deformux.dicom.data.DataSet;
import io.deformux.routing.RoutedSeries;
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
    private static final int HTTP_FORBIDDEN = 403;
    private static final int HTTP_NOT_FOUND = 404;
    private static final int PAGE = 1000;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI root;
    private final Optional<String> authorization;
    private final Duration timeout;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();
    private boolean admitted;

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

    /** A series by Orthanc's id, with the attributes of one of its instances; empty if it is gone. */
    Optional<RoutedSeries> series(String id) throws IOException, InterruptedException {
        return series(id, true);
    }

    /** The other series of the study of a series that no image comes to any more. */
    List<RoutedSeries> beside(RoutedSeries series) throws IOException, InterruptedException {
        List<RoutedSeries> others = new ArrayList<>();
        for (String id : seriesOf(series.studyUid())) {
            series(id, false)
                    .filter(other -> !other.seriesUid().equals(series.seriesUid()))
                    .ifPresent(others::add);
        }
        return others;
    }

    private Optional<RoutedSeries> series(String id, boolean unstable) throws IOException, InterruptedException {
        requireId(id);
        Optional<JsonNode> series = get("/series/" + id)
                .filter(found -> unstable || found.path("IsStable").asBoolean());
        Optional<JsonNode> study = series.isPresent() ? get("/series/" + id + "/study") : Optional.empty();
        if (study.isEmpty()) {
            return Optional.empty();
        }
        JsonNode tags = series.get().path("MainDicomTags");
        JsonNode studyTags = study.get().path("MainDicomTags");
        List<String> instances = new ArrayList<>();
        series.get().path("Instances").forEach(instance -> instances.add(instance.asText()));
        Collections.sort(instances);
        return Optional.of(new RoutedSeries(
                studyTags.path("StudyInstanceUID").asText(),
                tags.path("SeriesInstanceUID").asText(),
                new ArchiveAttributes(attributes(instances), List.of(tags, studyTags)),
                instances));
    }

    /**
     * Orthanc's ids of the series of a study, or of one series, by Study or Series Instance UID.
     *
     * @throws IOException if there is none, or Orthanc does not answer as it should
     */
    List<String> seriesOf(String uid) throws IOException, InterruptedException {
        if (!DataSet.isUid(uid)) {
            throw new IOException("a Study or Series Instance UID has digits and dots, at most 64");
        }
        List<String> series = new ArrayList<>();
        for (JsonNode found : lookup(uid)) {
            String id = found.path("ID").asText();
            requireId(id);
            switch (found.path("Type").asText()) {
                case "Series" -> series.add(id);
                case "Study" ->
                    get("/studies/" + id)
                            .ifPresent(study -> study.path("Series").forEach(one -> series.add(one.asText())));
                default -> {}
            }
        }
        if (series.isEmpty()) {
            throw new IOException("Orthanc has no study or series of that UID");
        }
        Collections.sort(series);
        return series;
    }

    private JsonNode lookup(String uid) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + "/tools/lookup"))
                .POST(HttpRequest.BodyPublishers.ofString(uid));
        return answer(request).orElse(MissingNode.getInstance());
    }

    /** All attributes of the first instance that are no longer than Orthanc tells of without being asked. */
    private JsonNode attributes(List<String> instances) throws IOException, InterruptedException {
        if (instances.isEmpty()) {
            return MissingNode.getInstance();
        }
        requireId(instances.get(0));
        return get("/instances/" + instances.get(0) + "/tags").orElse(MissingNode.getInstance());
    }

    private static void requireId(String id) throws IOException {
        if (!id.matches("[0-9a-z-]{1,80}")) {
            throw new IOException("Orthanc names something by what is no id of its own");
        }
    }

    /** Whether it has ever answered, so that the credentials were right once. */
    boolean hasAdmitted() {
        return admitted;
    }

    /** Its address. */
    @Override
    public String toString() {
        return root.toString();
    }

    private Optional<JsonNode> get(String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create(root + path)));
    }

    private Optional<JsonNode> answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        authorization.ifPresent(value -> request.header("Authorization", value));
        HttpResponse<byte[]> response = send(request.build());
        if (response.statusCode() == HTTP_NOT_FOUND) {
            return Optional.empty();
        }
        if (response.statusCode() == HTTP_UNAUTHORIZED || response.statusCode() == HTTP_FORBIDDEN) {
            throw new RefusedCredentialsException("Orthanc answers " + response.statusCode() + ": see --credentials");
        }
        if (response.statusCode() != HTTP_OK) {
            throw new IOException("Orthanc answers " + response.statusCode());
        }
        admitted = true;
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
