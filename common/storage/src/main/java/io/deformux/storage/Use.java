package io.deformux.storage;

/** What a host or bucket is allowed for. */
public enum Use {
    /** Inputs may come from it. */
    READ,
    /** Outputs may be stored in it. */
    STORE
}
