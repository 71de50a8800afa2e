package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections on which a request begins and does not end keep no thread for long, but an upload may take its time. */
@Timeout(300)
class HalfOpenConnectionsTest {
    private static final Pattern MANAGEMENT = Pattern.compile("Metrics and health at http://127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern PAGE = Pattern.compile("results page: http://127\\.0\\.0\\.1:(\\d+)/");
    private static final String TOKEN = "a-token-of-this-page";
    /** As many as there are threads, and more. */
    private static final int MANY = 32;

    @TempDir
    private Path folder;

    @Test
    void probesAreAnsweredSoonAfterAndASlowUploadIsTaken() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        try (ProgramProcess page = start(
                        "results-page",
                        List.of(
                                "--page-port=0",
                                "--page-token=" + token,
                                "--uploads=" + folder,
                                "--allow-output=" + folder));
                ProgramProcess replays = start("dead-letters", List.of("serve", "--management-port=0"));
                Socket upload = connected(port(page, PAGE))) {
            int management = port(replays, MANAGEMENT);
            send(
                    upload,
                    "POST /api/uploads?model=tiny HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + TOKEN
                            + "\r\nContent-Length: 600\r\n\r\nthe beginning of ");

            assertAllAreClosed(halfOpen(management));
            assertThat(health(management)).isEqualTo(200);
            send(upload, "no scan".repeat(100));

            assertThat(new String(upload.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 415");
        }
    }

    private static List<Socket> halfOpen(int port) throws IOException {
        List<Socket> open = new ArrayList<>();
        for (int n = 0; n < MANY; n++) {
            open.add(connected(port));
            send(open.get(n), "GET /healthz HTTP/1.1\r\nHost: ");
        }
        return open;
    }

    private static void assertAllAreClosed(List<Socket> open) throws IOException {
        for (Socket socket : open) {
            try (socket) {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            } catch (SocketException e) { // since there was more to read; to wait in vain is another exception
                assertThat(e).hasMessage("Connection reset");
            }
        }
    }

    private ProgramProcess start(String program, List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(program));
        arguments.addAll(options);
        arguments.addAll(List.of("--bootstrap-servers=127.0.0.1:1", "--no-create-topics"));
        return ProgramProcess.start(Map.of(), folder.resolve(program + ".log"), arguments.toArray(String[]::new));
    }

    private static int port(ProgramProcess program, Pattern printed) {
        Callable<List<MatchResult>> found =
                () -> printed.matcher(program.printed()).results().toList();
        List<MatchResult> all = await().atMost(Duration.ofSeconds(120)).until(found, any -> !any.isEmpty());
        return Integer.parseInt(all.get(0).group(1));
    }

    /** It does not wait for bytes for ever. */
    private static Socket connected(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static int health(int port) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + port + "/healthz");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .timeout(Duration.ofSeconds(60))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
