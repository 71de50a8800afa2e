package io.deformux.standalone.run;

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
 * goes on there, another one gets the next that is free.
 */
public final class OwnFolder {
    private static final String REQUEST = "request.json";

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
            if (fresh || given.isPresent()) {
                Files.writeString(said, text, StandardCharsets.UTF_8);
                return asked;
            }
            if (Files.exists(said) && Files.readString(said, StandardCharsets.UTF_8).equals(text)) {
                return asked;
            }
        }
    }
}
