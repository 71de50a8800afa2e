package io.deformux.worker.train.messaging;

import io.deformux.failure.JobException;

/** A failure as an event tells it; the message is cut to what an event may hold. */
record Reason(String code, String message, boolean retryable) {
    private static final int MOST_MESSAGE = 2000;

    static Reason of(JobException failure) {
        String message = failure.getMessage().isEmpty() ? failure.code().name() : failure.getMessage();
        return new Reason(
                failure.code().name(),
                message.substring(0, Math.min(message.length(), MOST_MESSAGE)),
                failure.code().retryable());
    }
}
