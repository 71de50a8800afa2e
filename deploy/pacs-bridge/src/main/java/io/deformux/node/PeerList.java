package io.deformux.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may call a node, and whom it may call: {@code {"peers": [{"aeTitle": "PACS", "host": "10.0.0.7", "port": 104}]}}.
 *
 * @param peers all of them
 */
public record PeerList(List<Peer> peers) {
    /** PS3.5 Table 6.2-1: 16 characters of the default repertoire, without backslash and control characters. */
    private static final Pattern AE_TITLE = Pattern.compile("(?=.*[^ ])[\\x20-\\x5b\\x5d-\\x7e]{1,16}");

    private static final Set<String> FIELDS = Set.of("aeTitle", "host", "port", "tls");
    private static final int MOST_PORT = 65_535;
    private static final long MOST_BYTES = 1 << 20;

    /** The list is copied. */
    public PeerList {
        peers = List.copyOf(peers);
    }

    /** Whether a text can be an AE title. */
    public static boolean isAeTitle(String text) {
        return AE_TITLE.matcher(text).matches();
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException saying which peer has what wrong
     */
    public static PeerList read(Path file) {
        JsonNode root = json(file);
        if (!root.path("peers").isArray()) {
            throw new IllegalArgumentException("the file needs a list \"peers\"");
        }
        List<Peer> peers = new ArrayList<>();
        for (JsonNode peer : root.get("peers")) {
            try {
                Peer read = peer(peer);
                requireNew(read, peers);
                peers.add(read);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("peer " + peers.size() + ": " + e.getMessage(), e);
            }
        }
        return new PeerList(peers);
    }

    private static JsonNode json(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException("the file is larger than " + MOST_BYTES + " bytes");
            }
            return new ObjectMapper().readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "line " + e.getLocation().getLineNr() + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the file cannot be read", e);
        }
    }

    private static Peer peer(JsonNode peer) {
        peer.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException("unknown field " + field + ", known are " + FIELDS);
            }
        });
        String aeTitle = peer.path("aeTitle").asText("");
        String host = peer.path("host").asText("");
        JsonNode port = peer.path("port");
        if (!isAeTitle(aeTitle) || host.isBlank()) {
            throw new IllegalArgumentException("aeTitle (1 to 16 characters) and host are needed");
        }
        if (!port.isMissingNode() && (!port.isInt() || port.asInt() < 1 || port.asInt() > MOST_PORT)) {
            throw new IllegalArgumentException("port has to be a number from 1 to " + MOST_PORT);
        }
        JsonNode tls = peer.path("tls");
        if (!tls.isMissingNode() && !tls.isBoolean()) {
            throw new IllegalArgumentException("tls has to be true or false");
        }
        return new Peer(
                aeTitle.strip(),
                host.strip(),
                port.isMissingNode() ? OptionalInt.empty() : OptionalInt.of(port.asInt()),
                tls.asBoolean(false));
    }

    /** Which of two was meant cannot be told. */
    private static void requireNew(Peer peer, List<Peer> before) {
        for (Peer other : before) {
            if (!other.aeTitle().equals(peer.aeTitle())) {
                continue;
            }
            if (other.host().equalsIgnoreCase(peer.host())) {
                throw new IllegalArgumentException(
                        "aeTitle and host are those of peer " + before.indexOf(other) + " already");
            }
            if (other.port().isPresent() && peer.port().isPresent()) {
                throw new IllegalArgumentException("peer " + before.indexOf(other)
                        + " of this aeTitle has a port too, and objects go to one; leave one of the ports out");
            }
        }
    }

    /** The peer of that title that takes objects. */
    public Optional<Peer> taker(String aeTitle) {
        return peers.stream()
                .filter(peer -> peer.aeTitle().equals(aeTitle) && peer.port().isPresent())
                .findFirst();
    }
}
