package io.deformux.storage.s3;

import io.deformux.failure.FailureClass;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.web.HttpStatus;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** What the SDK's exceptions mean to a job. Their messages hold hosts, buckets and keys, so they stay out. */
final class S3Failures {
    /** Status 403 alone may also be about one object. Amazon S3 API Reference, Error responses. */
    private static final Set<String> KEYS_REFUSED = Set.of(
            "ExpiredToken",
            "InvalidAccessKeyId",
            "InvalidToken",
            "RequestTimeTooSkewed",
            "SignatureDoesNotMatch",
            "TokenRefreshRequired");

    private S3Failures() {}

    /** While an input is fetched. */
    static JobException fetching(SdkException failure) {
        if (cancelled(failure)) {
            return new JobException(FailureCode.JOB_CANCELLED, "the job was cancelled while its input was read");
        }
        if (failure.getCause() instanceof JobException secretMissing) {
            return secretMissing;
        }
        if (failure instanceof SdkServiceException answer) {
            return meaning(answer);
        }
        return new JobException(
                unanswered(failure, FailureCode.STORAGE_UNAVAILABLE),
                "the bucket's service does not answer as it should (" + name(failure)
                        + "); check its endpoint and that there are credentials for it");
    }

    /** While an output is stored. */
    static JobException storing(SdkException failure) {
        if (cancelled(failure)) {
            return new JobException(FailureCode.JOB_CANCELLED, "the job was cancelled while an output was written");
        }
        if (failure.getCause() instanceof JobException secretMissing) {
            return secretMissing;
        }
        if (failure instanceof SdkServiceException answer) {
            JobException meaning = meaning(answer);
            return meaning.code() == FailureCode.STORAGE_DENIED
                            || meaning.code().failureClass() == FailureClass.ENVIRONMENT
                    ? meaning
                    : new JobException(
                            FailureCode.OUTPUT_FAILED,
                            "the bucket's service refused the output with status " + answer.statusCode());
        }
        return new JobException(
                unanswered(failure, FailureCode.OUTPUT_FAILED),
                "the output did not reach the bucket (" + name(failure)
                        + "); check its endpoint and that there are credentials for it");
    }

    private static JobException meaning(SdkServiceException answer) {
        if (answer instanceof AwsServiceException told
                && told.awsErrorDetails() != null
                && KEYS_REFUSED.contains(String.valueOf(told.awsErrorDetails().errorCode()))) {
            return new JobException(
                    FailureCode.CREDENTIALS_REFUSED,
                    "the bucket's service refuses the keys ("
                            + told.awsErrorDetails().errorCode() + "); check those that the configuration has for it");
        }
        return HttpStatus.failure(answer.statusCode());
    }

    /** Without an answer: the host of a bucket is the configuration's, so that it is not there is no job's fault. */
    private static FailureCode unanswered(SdkException failure, FailureCode otherwise) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return FailureCode.HOST_UNREACHABLE;
            }
        }
        return otherwise;
    }

    private static boolean cancelled(SdkException failure) {
        return failure instanceof AbortedException || Thread.currentThread().isInterrupted();
    }

    private static String name(SdkException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getClass().getSimpleName();
    }
}
