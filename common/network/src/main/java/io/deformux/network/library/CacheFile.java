package io.deformux.network.library;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small JSON object in the cache folder. Whatever cannot be read is as good as absent, and what cannot be written is done
 * without: everything here can be found out anew.
 */
record CacheFile(Path path) {
    private static final Logger log = LoggerFactory.getLogger(CacheFile.class);
    private static final int MOST_BYTES = 1 << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The text as one object; empty if it is none. */
    static Optional<ObjectNode> parse(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            return json instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    Optional<ObjectNode> read() {
        try {
            return Files.isRegularFile(path) && Files.size(path) <= MOST_BYTES
                    ? parse(Files.readString(path))
                    : Optional.empty();
        } catch (IOException e) {
            log.debug("{} cannot be read", path, e);
            return Optional.empty();
        }
    }

    /** Replaces the file as a whole, so that nobody ever reads half of it. */
    void write(ObjectNode json) {
        Path fresh = null;
        try {
            Files.createDirectories(path.getParent());
            fresh = Files.createTempFile(path.getParent(), "writing-", ".json");
            Files.writeString(fresh, json.toPrettyString());
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.debug("{} cannot be written", path, e);
            discard(fresh);
        }
    }

    private static void discard(Path fresh) {
        try {
            if (fresh != null) {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            log.debug("{} cannot be deleted", fresh, e);
        }
    }
}
