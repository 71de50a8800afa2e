package io.deformux.results.web;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret of those who may publish. Immutable; never printed. */
public final class Token {
    private static final int LEAST = 16;
    private static final String COOKIE = "deformux-page";

    private final byte[] secret;

    /**
     * @param text 16 characters or more of letters, digits, {@code -}, {@code _}, {@code .}
     * @throws IllegalArgumentException if it is otherwise
     */
    public Token(String text) {
        if (!text.matches("[A-Za-z0-9._-]{" + LEAST + ",512}")) {
            throw new IllegalArgumentException(
                    "a token has " + LEAST + " to 512 letters, digits, dots, hyphens and underscores");
        }
        secret = text.getBytes(StandardCharsets.UTF_8);
    }

    /** Text for a new one. */
    public static String random() {
        byte[] bytes = new byte[18];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Whether a request has {@code Authorization: Bearer} and this. */
    boolean isShownBy(HttpExchange exchange) {
        String header = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        return header.startsWith("Bearer ")
                && MessageDigest.isEqual(header.substring(7).getBytes(StandardCharsets.UTF_8), secret);
    }

    boolean hasSession(HttpExchange exchange) {
        String cookies = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Cookie"))
                .orElse("");
        return Arrays.stream(cookies.split(";"))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(COOKIE + "="))
                .anyMatch(cookie -> MessageDigest.isEqual(
                        cookie.substring(COOKIE.length() + 1).getBytes(StandardCharsets.UTF_8),
                        session().getBytes(StandardCharsets.UTF_8)));
    }

    /** For {@code Set-Cookie}: lets a browser look, also where it cannot send a header, and publish nothing. */
    String cookie() {
        return COOKIE + "=" + session() + "; Path=/; HttpOnly; SameSite=Strict";
    }

    private String session() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal("session".getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }
}
