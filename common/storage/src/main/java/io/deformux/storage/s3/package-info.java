/**
 * {@code s3:} references: objects and prefixes of Amazon S3 and of what speaks its protocol, through the AWS SDK.
 *
 * <p>Endpoint, region and credentials belong to a bucket in the configuration ({@link
 * io.deformux.storage.BucketRule}); an event names bucket and key only, so it cannot lead a request to another host.
 *
 * <p>Threads: safe to share. Imports {@code failure}, the storage core and the meaning of HTTP status codes.
 */
package io.deformux.storage.s3;
