package io.deformux.results.web;

import io.deformux.messaging.event.EventPublisher;
import io.deformux.results.state.KnownResults;
import io.deformux.storage.StorageRouter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The page while it is served. Its own threads; {@link #close} ends them. */
public final class Page implements AutoCloseable {
    private final LiveStream live;
    private final WebServer server;

    private Page(LiveStream live, WebServer server) {
        this.live = live;
        this.server = server;
    }

    /**
     * Who may do what.
     *
     * @param gate who may look
     * @param token what those show who publish; empty: nobody may
     * @param uploads where scans go that are uploaded; empty: none are taken
     */
    public record Rights(Gate gate, Optional<Token> token, Optional<Uploads> uploads) {}

    /**
     * Serves what is known.
     *
     * @param storage where the files of results may be read from
     * @param scratch where files from elsewhere lie while they are sent
     * @throws IOException if the address cannot be had
     */
    public static Page serve(
            InetSocketAddress address,
            KnownResults results,
            StorageRouter storage,
            Path scratch,
            EventPublisher publisher,
            Rights rights)
            throws IOException {
        LiveStream live = new LiveStream(results);
        List<Route> routes = routes(results, live, new OutputFiles(results, storage, scratch), publisher, rights);
        return new Page(live, WebServer.start(address, routes, rights.gate(), rights.token()));
    }

    /** All that is served. */
    static List<Route> routes(
            KnownResults results, LiveStream live, OutputFiles files, EventPublisher publisher, Rights rights) {
        List<Route> routes = new ArrayList<>(new Site().routes());
        routes.addAll(new ReadApi(results).routes());
        routes.addAll(live.routes());
        routes.addAll(files.routes());
        routes.addAll(new PublishApi(results, publisher, rights.uploads()).routes());
        rights.token()
                .ifPresent(token -> routes.add(new Route("POST", "/api/session", Route.Right.WRITE, call -> {
                    call.set("Set-Cookie", token.cookie());
                    call.send(200, "application/json", JsonText.bytes(JsonText.object()));
                })));
        return List.copyOf(routes);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public void close() {
        live.close();
        server.close();
    }
}
