/**
 * {@code s3:} references: objects and prefixes of Amazon S3 and of what speaks its protocol, through the AWS SDK.
 *
 * <p>Endpoint, region and credentials belong to a bucket in the configuration ({@link
 * io.deformux.storage.BucketRule}); an event names bucket and key only, so it cannot lead a request to another host.
 *
 * <p>Threads: safe to share. May import {@code storage}, {@code storage.archive}, {@code storage.web} and {@code
 * failure}, of {@code storage.web} the meaning of HTTP status codes.
 */
package io.deformux.storage.s3;
