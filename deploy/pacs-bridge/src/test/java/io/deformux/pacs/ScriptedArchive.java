package io.deformux.pacs;

import static io.deformux.testing.server.LoopbackServer.answer;

import io.deformux.testing.server.LoopbackServer;
import java.nio.charset.StandardCharsets;

/** What an Orthanc would answer, as a test wants it. */
final class ScriptedArchive implements AutoCloseable {
    private final LoopbackServer server = new LoopbackServer();

    /** Answers everything that is not said here. */
    LoopbackServer server() {
        return server;
    }

    /** A change feed of these series, which became stable in this order, one a day from 2026-03-01 on. */
    void changes(String... stable) {
        server.on("/changes", exchange -> answer(
                        200,
                        page(since(exchange.getRequestURI().getQuery()), stable).getBytes(StandardCharsets.UTF_8))
                .handle(exchange));
    }

    private static int since(String query) {
        return query.startsWith("since=") ? Integer.parseInt(query.substring(6, query.indexOf('&'))) : 0;
    }

    private static String page(int since, String... stable) {
        StringBuilder changes = new StringBuilder();
        for (int n = since; n < stable.length; n++) {
            changes.append(n == since ? "" : ",")
                    .append("{\"ChangeType\": \"StableSeries\", \"ID\": \"" + stable[n] + "\", \"Seq\": " + (n + 1)
                            + ", \"Date\": \"2026030" + (n + 1) + "T120000\"}");
        }
        return "{\"Changes\": [" + changes + "], \"Done\": true, \"Last\": " + stable.length + "}";
    }

    /** A CT series of one instance. */
    void series(String id, String uid) {
        series(id, uid, "i");
    }

    /** The same, by the id of its instance. */
    void series(String id, String uid, String instance) {
        json(
                "/series/" + id,
                "{\"MainDicomTags\": {\"Modality\": \"CT\", \"SeriesInstanceUID\": \"" + uid
                        + "\"}, \"IsStable\": true, \"Instances\": [\""
                        + instance + "\"]}");
        json("/series/" + id + "/study", "{\"MainDicomTags\": {\"StudyInstanceUID\": \"1.2\"}}");
    }

    /** A study of these series. */
    void study(String id, String... series) {
        json("/studies/" + id, "{\"Series\": [\"" + String.join("\", \"", series) + "\"]}");
    }

    /** The tags of an instance, as Orthanc writes them. */
    void instance(String id, String tags) {
        json("/instances/" + id + "/tags", tags);
    }

    /** What is found by any UID. */
    void lookup(String found) {
        json("/tools/lookup", "[" + found + "]");
    }

    private void json(String path, String body) {
        server.on(path, answer(200, body.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.close();
    }
}
