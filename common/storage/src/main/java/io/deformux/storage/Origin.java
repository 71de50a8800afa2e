package io.deformux.storage;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Scheme, host and port of web references (RFC 6454). The scheme belongs to it so that an event cannot turn an
 * {@code https} host into an {@code http} one and make credentials travel readable.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name, an address, or {@code *.} and a name for all that end in it; in lower case
 * @param port the port, also where it is the scheme's own
 */
public record Origin(String scheme, String host, int port) {
    private static final Pattern TEXT =
            Pattern.compile("(https?)://((?:\\*\\.)?[a-z0-9.-]+|\\[[0-9a-f:.]+])(?::([0-9]{1,5}))?/?");
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int LAST_PORT = 65_535;

    /**
     * From its text, such as {@code https://pacs.example.org:8443} or {@code https://*.example.org}.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Origin parse(String text) {
        Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "an origin is http:// or https://, a host, and perhaps a port, and nothing more: " + text);
        }
        String scheme = matcher.group(1);
        int port = matcher.group(3) == null ? ownPort(scheme) : Integer.parseInt(matcher.group(3));
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("no such port: " + text);
        }
        return new Origin(scheme, matcher.group(2), port);
    }

    /** The origin of an {@code http(s):} URI with a host. */
    public static Origin of(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        return new Origin(
                scheme, uri.getHost().toLowerCase(Locale.ROOT), uri.getPort() < 0 ? ownPort(scheme) : uri.getPort());
    }

    /** Whether {@code other}, which has no {@code *}, is this origin or one of those that this pattern stands for. */
    public boolean covers(Origin other) {
        boolean sameHost = host.startsWith("*.") ? other.host.endsWith(host.substring(1)) : other.host.equals(host);
        return sameHost && scheme.equals(other.scheme) && port == other.port;
    }

    private static int ownPort(String scheme) {
        return scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
    }
}
