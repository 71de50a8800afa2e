package io.deformux.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What tells a node's folder from others, for as long as it is there; kept in its file {@code .node}. One thread renews it, all
 * may read it.
 */
final class FolderId {
    private static final int DIGITS = 8;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{" + DIGITS + "}");

    private final Path root;
    private volatile String value;

    private FolderId(Path root) {
        this.root = root;
    }

    /**
     * What a folder was called when it was first opened, or now is.
     *
     * @throws IOException if its file cannot be read or written, or is another than was written there
     */
    static FolderId of(Path root) throws IOException {
        FolderId id = new FolderId(root);
        if (!Files.exists(id.file())) {
            id.write();
        }
        id.value = id.read();
        return id;
    }

    String value() {
        return value;
    }

    /** Calls the folder otherwise, for good. */
    void renew() throws IOException {
        write();
        value = read();
    }

    private Path file() {
        return root.resolve(".node");
    }

    private String read() throws IOException {
        String id = Files.readString(file()).strip();
        if (!ID.matcher(id).matches()) {
            throw new IOException("the file .node in the folder " + root + " is not what was written there");
        }
        return id;
    }

    private void write() throws IOException {
        Path begun = root.resolve(".node.new");
        Files.writeString(
                begun,
                UUID.randomUUID().toString().substring(0, DIGITS),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        Files.move(begun, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        FolderSync.of(root);
    }
}
