package io.deformux.standalone.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.schemas.Event;
import io.deformux.schemas.EventCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The folder of one training or comparison below the folder that a person names: the same request finds its own again and
 * goes on there, for more iterations too if it asks for them; another one gets the next that is free.
 */
public final class OwnFolder {
    private static final String REQUEST = "request.json";

    /** The one setting that a checkpoint does not depend on. */
    private static final String LENGTH = "iterations";

    private static final ObjectMapper JSON = new ObjectMapper();

    private OwnFolder() {}

    /**
     * Makes the folder, or finds it.
     *
     * @param root where all of them are
     * @param given the id that a person wants; its folder is taken whatever is in it
     * @param usual the first id to try where none is given; then come {@code usual-2}, {@code usual-3} and so on
     * @param request what is asked for under an id, with outputs in that folder
     * @return the request of the folder that was taken
     */
    public static <E extends Event> E claim(
            Path root, Optional<String> given, String usual, BiFunction<String, Path, E> request) throws IOException {
        EventCodec codec = new EventCodec();
        for (int n = 1; ; n++) {
            String id = given.orElse(n == 1 ? usual : usual + "-" + n);
            Path folder = root.resolve(id);
            Path said = folder.resolve(REQUEST);
            boolean fresh = !Files.exists(folder);
            Files.createDirectories(folder);
            E asked = request.apply(id, folder);
            String text = codec.toJson(asked);
            if (fresh || given.isPresent() || isAlike(said, text)) {
                Files.writeString(said, text, StandardCharsets.UTF_8);
                return asked;
            }
        }
    }

    private static boolean isAlike(Path said, String text) throws IOException {
        return Files.exists(said) && withoutLength(Files.readString(said)).equals(withoutLength(text));
    }

    private static JsonNode withoutLength(String request) throws JsonProcessingException {
        JsonNode tree = JSON.readTree(request);
        tree.findParents(LENGTH).forEach(parent -> ((ObjectNode) parent).remove(LENGTH));
        return tree;
    }
}
