package io.deformux.results.webhook;

/** Hears what becomes of posts, to count them; on the webhook's thread, so it must return at once and throw nothing. */
public interface WebhookObserver {
    /** Hears nothing. */
    WebhookObserver NONE = new WebhookObserver() {};

    /** The receiver took a result. */
    default void taken() {}

    /** It did not; the result is posted again, or passed over. */
    default void refused() {}

    /** A result is not posted again, after its last try. */
    default void passedOver() {}
}
