package io.deformux.network.checkpoint;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;

/** What a weights file breaks is said as MODEL_INVALID. */
final class CheckpointRefusal {
    private static final int MOST_SHOWN = 120;

    private CheckpointRefusal() {}

    static JobException because(String reason) {
        return new JobException(FailureCode.MODEL_INVALID, "the weights file is refused: " + reason);
    }

    static void unless(boolean condition, String reason) {
        if (!condition) {
            throw because(reason);
        }
    }

    /** A text of the file, fit for a message: short, and nothing that a terminal would obey. */
    static String shown(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= MOST_SHOWN ? printable : printable.substring(0, MOST_SHOWN) + "...";
    }
}
