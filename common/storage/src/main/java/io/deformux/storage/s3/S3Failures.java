package io.deformux.storage.s3;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.web.HttpStatus;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** What the SDK's exceptions mean to a job. Their messages hold hosts, buckets and keys, so they stay out. */
final class S3Failures {
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
            return HttpStatus.failure(answer.statusCode());
        }
        return new JobException(
                FailureCode.STORAGE_UNAVAILABLE,
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
            JobException meaning = HttpStatus.failure(answer.statusCode());
            return meaning.code() == FailureCode.STORAGE_DENIED
                    ? meaning
                    : new JobException(
                            FailureCode.OUTPUT_FAILED,
                            "the bucket's service refused the output with status " + answer.statusCode());
        }
        return new JobException(
                FailureCode.OUTPUT_FAILED,
                "the output did not reach the bucket (" + name(failure)
                        + "); check its endpoint and that there are credentials for it");
    }

    private static boolean cancelled(SdkException failure) {
        return failure instanceof AbortedException || Thread.currentThread().isInterrupted();
    }

    private static String name(SdkException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getClass().getSimpleName();
    }
}
