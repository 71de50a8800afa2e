package io.deformux.storage;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** What an I/O failure says, without the path that the messages of {@link FileSystemException} begin with. */
public final class IoReason {

    private IoReason() {}

    /** The reason in words, without a path. */
    public static String of(IOException failure) {
        if (failure instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        if (failure instanceof FileSystemException || failure.getMessage() == null) {
            return failure.getClass().getSimpleName();
        }
        return failure.getMessage();
    }
}
