package io.deformux.results.web;

import com.sun.net.httpserver.HttpExchange;
import io.deformux.storage.AddressBlock;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who may look. Whoever publishes has to show the token besides, in a header that no other site can make a browser send.
 * Immutable, for all threads.
 */
public interface Gate {
    /** Whether a request may see what is known; it comes from where it says. */
    boolean mayRead(HttpExchange exchange);

    /** What is missing to those who may not, as a stable code. */
    String code();

    /** The same for a person, with what to do. */
    String message();

    /**
     * For a server that only this machine reaches: whoever is on it may look. A request for another host's name comes from
     * a site that has bound its name to this machine, and is refused.
     */
    static Gate loopback() {
        Predicate<HttpExchange> rule = exchange -> {
            String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host"))
                    .orElse("")
                    .replaceFirst(":[0-9]+$", "");
            return List.of("localhost", "127.0.0.1", "[::1]").contains(host);
        };
        return new CheckedGate(rule, "HOST_REFUSED", "open this page as 127.0.0.1 or localhost");
    }

    /** Whoever shows the token, or the cookie that a session was given for it. */
    static Gate token(Token token) {
        return new CheckedGate(
                exchange -> token.isShownBy(exchange) || token.hasSession(exchange),
                CheckedGate.TOKEN_MISSING,
                "this page is not shown to whoever asks; give its token");
    }

    /**
     * Whoever a proxy has let in and named.
     *
     * @param header in which the proxy names the user; it has to take it off what comes from outside
     * @param proxies where the proxy connects from; others are refused, since anybody can write a header
     */
    static Gate proxy(String header, List<AddressBlock> proxies) {
        Predicate<HttpExchange> rule = exchange -> {
            String user = exchange.getRequestHeaders().getFirst(header);
            InetAddress from = exchange.getRemoteAddress().getAddress();
            return user != null && !user.isBlank() && proxies.stream().anyMatch(block -> block.holds(from));
        };
        return new CheckedGate(
                rule, "USER_MISSING", "this page is shown to those whom its proxy lets in; open it by the proxy");
    }
}
