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

    /** A change feed of these series, which became stable in this order. */
    void changes(String... stable) {
        StringBuilder changes = new StringBuilder();
        for (int n = 0; n < stable.length; n++) {
            changes.append(n == 0 ? "" : ",")
                    .append("{\"ChangeType\": \"StableSeries\", \"ID\": \"" + stable[n] + "\", \"Seq\": " + (n + 1)
                            + "}");
        }
        json("/changes", "{\"Changes\": [" + changes + "], \"Done\": true, \"Last\": " + stable.length + "}");
    }

    /** A CT series of one instance. */
    void series(String id, String uid) {
        json(
                "/series/" + id,
                "{\"MainDicomTags\": {\"Modality\": \"CT\", \"SeriesInstanceUID\": \"" + uid
                        + "\"}, \"Instances\": [\"i\"]}");
        json("/series/" + id + "/study", "{\"MainDicomTags\": {\"StudyInstanceUID\": \"1.2\"}}");
    }

    private void json(String path, String body) {
        server.on(path, answer(200, body.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.close();
    }
}
