package io.deformux.results.webhook;

import io.deformux.messaging.cluster.Backoff;
import java.net.URI;

/**
 * Where results are posted to.
 *
 * @param url where
 * @param secret what the signature is made with
 * @param group the consumer group that keeps the place; another receiver needs another one
 * @param waits between the tries of one result
 * @param tries after so many a result is passed over
 */
public record WebhookConfig(URI url, String secret, String group, Backoff waits, int tries) {
    /** Checks the address; throws {@link IllegalArgumentException} if it is none of http(s). */
    public WebhookConfig {
        if (!url.isAbsolute() || !url.getScheme().matches("https?") || url.getHost() == null) {
            throw new IllegalArgumentException("a webhook is an address as https://host/path");
        }
        if (secret.isBlank()) {
            throw new IllegalArgumentException("a webhook needs a secret that it is signed with");
        }
    }

    /** Names host and group only: path and secret may be what lets one in. */
    @Override
    public String toString() {
        return url.getHost() + " (" + group + ")";
    }
}
