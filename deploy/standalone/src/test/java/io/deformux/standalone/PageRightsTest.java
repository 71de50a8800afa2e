package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may look at a page that others than this machine's can reach. It needs no Kafka to say so. */
@Timeout(300)
class PageRightsTest {
    private static final Pattern PORT = Pattern.compile("results page: http://(?:[0-9.]+|\\[[0-9a-f:]+]):(\\d+)/");
    private static final String TOKEN = "a-token-of-this-page";

    @TempDir
    private Path folder;

    @Test
    void onAnAddressThatIsReachedFromElsewhereThePageAsksForItsToken() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        try (ProgramProcess page = start("--page-address", "0.0.0.0", "--page-token", token.toString())) {
            int port = port(page);

            assertThat(status(port)).isEqualTo(401);
            assertThat(status(port, "Authorization", "Bearer not-the-token-of-it"))
                    .isEqualTo(401);
            assertThat(status(port, "Authorization", "Bearer " + TOKEN)).isEqualTo(200);
        }
    }

    @Test
    void thereAProxyOfANetworkMayNameWhoLooksInstead() throws Exception {
        try (ProgramProcess page = start(
                "--page-address", "0.0.0.0", "--page-user-header", "X-User", "--page-proxies", "::1,127.0.0.0/8")) {
            int port = port(page);

            assertThat(status(port)).isEqualTo(401);
            assertThat(status(port, "X-User", "somebody")).isEqualTo(200);
        }
    }

    private ProgramProcess start(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "results-page",
                "--bootstrap-servers",
                "127.0.0.1:1",
                "--no-create-topics",
                "--page-port",
                "0",
                "--allow-output",
                folder.toString()));
        arguments.addAll(List.of(options));
        return ProgramProcess.start(Map.of(), folder.resolve("page.log"), arguments.toArray(String[]::new));
    }

    private static int port(ProgramProcess page) {
        await().atMost(Duration.ofSeconds(120))
                .until(() -> PORT.matcher(page.printed()).find());
        try {
            Matcher printed = PORT.matcher(page.printed());
            assertThat(printed.find()).isTrue();
            return Integer.parseInt(printed.group(1));
        } catch (IOException e) {
            throw new AssertionError("its log", e);
        }
    }

    private static int status(int port, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/jobs"))
                .timeout(Duration.ofSeconds(60));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.discarding())
                .statusCode();
    }
}
