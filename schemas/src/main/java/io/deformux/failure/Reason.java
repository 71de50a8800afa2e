package io.deformux.failure;

/**
 * A failure as events and dead letters tell it.
 *
 * @param code the stable code's name
 * @param message what to do; never empty, and cut to what the contract allows
 * @param retryable whether the same job may succeed when it is tried again
 */
public record Reason(String code, String message, boolean retryable) {
    /** The longest message of the contract's schemas, in code points. */
    public static final int MOST_MESSAGE = 2000;

    /** Of a failure; a message that is empty becomes the code. */
    public static Reason of(JobException failure) {
        String name = failure.code().name();
        String message = failure.getMessage().isEmpty() ? name : cut(failure.getMessage());
        return new Reason(name, message, failure.code().retryable());
    }

    private static String cut(String message) {
        boolean fits = message.codePointCount(0, message.length()) <= MOST_MESSAGE;
        return fits ? message : message.substring(0, message.offsetByCodePoints(0, MOST_MESSAGE));
    }
}
