package io.deformux.failure;

import java.io.IOException;

/** Tells a disk without room from other failures to write, which no exception class of Java does. */
public final class DiskFull {
    /** How POSIX systems word ENOSPC and EDQUOT, and how Windows words it. */
    private static final String[] WORDS = {"No space left on device", "quota exceeded", "not enough space on the disk"};

    private DiskFull() {}

    /** {@code STORAGE_FULL} if that is why nothing could be written, else {@code otherwise}. */
    public static FailureCode or(FailureCode otherwise, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && says(cause.getMessage())) {
                return FailureCode.STORAGE_FULL;
            }
        }
        return otherwise;
    }

    private static boolean says(String message) {
        if (message != null) {
            for (String words : WORDS) {
                if (message.contains(words)) {
                    return true;
                }
            }
        }
        return false;
    }
}
