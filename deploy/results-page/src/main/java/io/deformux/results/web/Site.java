package io.deformux.results.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** The files of the page itself and the description of its API, from the jar. For all threads. */
final class Site {
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");

    List<Route> routes() {
        return List.of(
                new Route("GET", "/", Route.Right.NONE, call -> send(call, "site/index.html")),
                new Route("GET", "/api/openapi.json", Route.Right.NONE, call -> send(call, "openapi.json")),
                new Route("GET", "/site/{}", Route.Right.NONE, call -> send(call, "site/" + call.part(0))));
    }

    private static void send(Call call, String resource) throws IOException {
        String mediaType = MEDIA_TYPES.get(resource.replaceFirst(".*\\.", ""));
        boolean plain = resource.matches("(site/)?[a-z0-9-]+\\.[a-z]+"); // and leads nowhere else
        try (InputStream in = plain ? Site.class.getResourceAsStream(resource) : null) {
            if (in == null || mediaType == null) {
                throw RefusedCallException.notFound();
            }
            call.set("Cache-Control", "no-cache");
            call.send(200, mediaType, in.readAllBytes());
        }
    }
}
