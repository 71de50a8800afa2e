package io.deformux.storage.s3;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.AccessPolicy;
import io.deformux.storage.BucketRule;
import io.deformux.storage.Timeouts;
import io.deformux.storage.Use;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** A client per allowed bucket, made when it is first asked for. Safe to share between threads. */
final class BucketClients implements AutoCloseable {
    private final List<BucketRule> rules;
    private final Timeouts timeouts;
    private final Map<BucketRule, S3Client> clients = new ConcurrentHashMap<>();

    BucketClients(AccessPolicy policy) {
        this.rules = policy.buckets();
        this.timeouts = policy.timeouts();
    }

    /** The client for a location that may be used so. */
    S3Client admit(S3Location location, Use use) {
        BucketRule rule = rules.stream()
                .filter(each -> each.covers(location.bucket(), location.key(), use))
                .findFirst()
                .orElseThrow(() -> new JobException(
                        FailureCode.REFERENCE_NOT_ALLOWED,
                        use == Use.READ
                                ? "no allowed bucket and prefix holds the reference; allow it to be read"
                                : "no allowed bucket and prefix holds the output; allow storing to it"));
        return clients.computeIfAbsent(rule, this::client);
    }

    @Override
    public void close() {
        clients.values().forEach(S3Client::close);
    }

    private S3Client client(BucketRule rule) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(rule.region()))
                .credentialsProvider(credentials(rule))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(timeouts.connect())
                        .socketTimeout(timeouts.stall()))
                .overrideConfiguration(override -> override.retryStrategy(RetryMode.STANDARD))
                // Checksums travel as plain headers; services other than Amazon's may not know trailers and chunks.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false));
        rule.endpoint().ifPresent(endpoint -> builder.endpointOverride(endpoint).forcePathStyle(true));
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(BucketRule rule) {
        if (rule.keys().isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        BucketRule.Keys keys = rule.keys().get();
        return () -> AwsBasicCredentials.create(
                keys.accessKey().read(), keys.secretKey().read());
    }
}
