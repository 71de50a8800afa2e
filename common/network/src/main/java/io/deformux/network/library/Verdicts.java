package io.deformux.network.library;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The verdicts of one library on one machine, remembered in the cache folder: {@code verdicts/} holds one JSON file for each
 * pair, with both spelt out. A file that is damaged, of another format or about something else counts for nothing. Who wants
 * everything tried again deletes the folder.
 */
final class Verdicts {
    /** To be raised whenever {@link TriedConvolutions} or the comparison changes, so that everything is tried again. */
    private static final int FORMAT = 1;

    private static final int NAME_LENGTH = 32;

    private final CacheFile file;
    private final String machine;
    private final String library;

    /**
     * Those of a pair.
     *
     * @param machine see {@link Machine#identity()}
     * @param library version and digest
     */
    Verdicts(Path cacheFolder, String machine, String library) {
        this.machine = machine;
        this.library = library;
        byte[] both = (machine + "\n" + library).getBytes(StandardCharsets.UTF_8);
        String name =
                HexFormat.of().formatHex(FileDigests.sha256().digest(both)).substring(0, NAME_LENGTH);
        this.file = new CacheFile(cacheFolder.resolve("verdicts").resolve(name + ".json"));
    }

    Optional<Verdict> find(ArithmeticKind kind) {
        return read().flatMap(json -> Verdict.fromJson(json.path("verdicts").path(kind.name())));
    }

    /** Keeps a verdict for the next start, if the folder can be written. */
    void remember(ArithmeticKind kind, Verdict verdict) {
        ObjectNode json = read().orElseGet(() -> JsonNodeFactory.instance
                .objectNode()
                .put("format", FORMAT)
                .put("machine", machine)
                .put("library", library));
        json.withObject("/verdicts").set(kind.name(), verdict.toJson());
        file.write(json);
    }

    private Optional<ObjectNode> read() {
        return file.read()
                .filter(json -> json.path("format").asInt() == FORMAT
                        && machine.equals(json.path("machine").textValue())
                        && library.equals(json.path("library").textValue())
                        && json.path("verdicts").isObject());
    }
}
