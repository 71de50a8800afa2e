package io.deformux.results.web;

import com.sun.net.httpserver.HttpExchange;
import java.util.function.Predicate;

/**
 * A gate of one rule.
 *
 * @param rule who may look
 * @param code what the others are told, for machines; only where a token helps is it {@link #TOKEN_MISSING}
 * @param message the same for a person
 */
record CheckedGate(Predicate<HttpExchange> rule, String code, String message) implements Gate {
    /** The site asks for the token then. */
    static final String TOKEN_MISSING = "TOKEN_MISSING";

    @Override
    public boolean mayRead(HttpExchange exchange) {
        return rule.test(exchange);
    }
}
