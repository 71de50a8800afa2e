package io.deformux.results.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever asks is answered, also where the page's own disks fail. */
class WebServerTest {
    @Test
    void aFullDiskIsAnsweredAsOne() throws Exception {
        HttpResponse<String> answer = answer(new IOException("No space left on device"));

        assertThat(answer.statusCode()).isEqualTo(507);
        assertThat(answer.body()).contains("STORAGE_FULL");
    }

    @Test
    void aFolderThatCannotBeUsedIsAnsweredWithoutItsName() throws Exception {
        HttpResponse<String> answer = answer(new AccessDeniedException("/the/folder"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("STORAGE_UNAVAILABLE").doesNotContain("/the/folder");
    }

    private static HttpResponse<String> answer(IOException failure) throws Exception {
        Route fails = new Route("GET", "/fails", Route.Right.NONE, call -> {
            throw failure;
        });
        InetSocketAddress free = new InetSocketAddress("127.0.0.1", 0);
        try (WebServer server = WebServer.start(free, List.of(fails), Gate.loopback(), Optional.empty())) {
            URI address = URI.create("http://127.0.0.1:" + server.address().getPort() + "/fails");
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
