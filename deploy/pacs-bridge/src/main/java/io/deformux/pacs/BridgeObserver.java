package io.deformux.pacs;

import io.deformux.failure.FailureCode;

/** Hears what a bridge does, to count it; on the bridge's thread, so it must return at once and throw nothing. */
public interface BridgeObserver {
    /** Hears nothing. */
    BridgeObserver NONE = new BridgeObserver() {};

    /** A look at the changes went well, and so many events were published. */
    default void looked(int events) {}

    /**
     * A look failed, by the archive ({@code STORAGE_UNAVAILABLE}, {@code CREDENTIALS_REFUSED}) or by the code of another failure;
     * it is repeated after a wait.
     */
    default void failed(FailureCode code) {}

    /** A series cannot be read, and is passed over: there is no event of it until somebody has mended it. */
    default void setAside() {}

    /** The file of rules was looked at, and is refused as it is now, or not; those before hold then. */
    default void rules(boolean refused) {}
}
