package io.deformux.storage.s3;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.ObjectName;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Bucket and key of an {@code s3://bucket/key} reference.
 *
 * @param bucket the bucket
 * @param key the key; a prefix where it ends with {@code /} or is empty
 */
record S3Location(String bucket, String key) {
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");

    /** Takes a reference apart; percent escapes in the key are decoded. */
    static S3Location of(URI reference) {
        String bucket = reference.getRawAuthority() == null ? "" : reference.getRawAuthority();
        String path = reference.getPath() == null || reference.getPath().isEmpty() ? "/" : reference.getPath();
        if (!BUCKET.matcher(bucket).matches()
                || reference.getRawQuery() != null
                || reference.getRawFragment() != null) {
            throw new JobException(
                    FailureCode.REFERENCE_UNSUPPORTED,
                    "an S3 reference is s3://bucket/key, or s3://bucket/prefix/ for a series, without a query");
        }
        // What stands between here and the service may resolve such steps, past the allowed prefix.
        if (Arrays.stream(path.split("/")).anyMatch(segment -> segment.equals("..") || segment.equals("."))) {
            throw new JobException(
                    FailureCode.REFERENCE_NOT_ALLOWED, "the reference steps with '.' or '..'; give the direct key");
        }
        return new S3Location(bucket, path.substring(1));
    }

    boolean isPrefix() {
        return key.isEmpty() || key.endsWith("/");
    }

    /** An output below this one as a prefix. */
    S3Location below(ObjectName name) {
        return new S3Location(bucket, isPrefix() ? key + name.value() : key + "/" + name.value());
    }

    URI uri() {
        try {
            return new URI("s3", bucket, "/" + key, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("made of the parts of a URI", e);
        }
    }
}
