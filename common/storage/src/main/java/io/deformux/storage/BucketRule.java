package io.deformux.storage;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A bucket that {@code s3:} references may lead to.
 *
 * @param name the bucket
 * @param prefix what the keys must begin with; empty for all
 * @param endpoint the service, such as {@code https://minio.example.org:9000}, addressed with the bucket in the path;
 *     empty for Amazon's in the region
 * @param region such as {@code eu-central-1}; services that have none want some name all the same
 * @param uses whether it may be read from, stored to, or both
 * @param keys the credentials; empty for those that the AWS SDK finds (environment, profile, container, instance)
 */
public record BucketRule(
        String name, String prefix, Optional<URI> endpoint, String region, Set<Use> uses, Optional<Keys> keys) {

    /**
     * An access key.
     *
     * @param accessKey its id
     * @param secretKey its secret
     */
    public record Keys(Secret accessKey, Secret secretKey) {}

    /** Copies the uses and checks the rest; throws {@link IllegalArgumentException} for what cannot be meant. */
    public BucketRule {
        Objects.requireNonNull(region, "region");
        uses = Set.copyOf(uses);
        if (name.isBlank() || region.isBlank()) {
            throw new IllegalArgumentException("a bucket needs a name and a region");
        }
        if (prefix.startsWith("/") || (!prefix.isEmpty() && !prefix.endsWith("/"))) {
            throw new IllegalArgumentException("a prefix ends with '/' and does not begin with one: " + prefix);
        }
        if (endpoint.isPresent() && !String.valueOf(endpoint.get().getScheme()).matches("https?")) {
            throw new IllegalArgumentException("an endpoint is an http: or https: URI: " + endpoint.get());
        }
    }

    /** Whether this rule allows that use of that key, which may be a prefix itself. */
    public boolean covers(String bucket, String key, Use use) {
        return bucket.equals(name) && key.startsWith(prefix) && uses.contains(use);
    }
}
