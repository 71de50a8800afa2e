package io.deformux.worker.infer.stage;

import java.util.Locale;

/** The steps of a job, in order; events name them in lower case. */
public enum Stage {
    /** Finding and loading the model. */
    MODEL,
    /** Bringing the referenced bytes here and checking their digest. */
    FETCH,
    /** Decoding the bytes into a volume. */
    READ,
    /** Spacing, orientation, intensity and crop of the preset. */
    PREPROCESS,
    /** The sliding window over the network; the inverse of the preprocessing runs inside it, plane by plane. */
    INFER,
    /** The rest of the inverse and the counts per label. */
    RESTORE,
    /** Writing the outputs and reading them back. */
    STORE;

    /** The name in events. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
