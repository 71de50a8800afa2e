package io.deformux.storage.web;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;

/** What HTTP status codes (RFC 9110 section 15) mean to a job. */
public final class HttpStatus {
    /** The answer is what was asked for. */
    public static final int OK = 200;

    /** Stored, but perhaps with changes or not all of it. */
    public static final int ACCEPTED = 202;

    /** A part of what was asked for. */
    public static final int PARTIAL = 206;

    /** Not stored. */
    public static final int CONFLICT = 409;

    /** Not for this user. */
    public static final int FORBIDDEN = 403;

    /** Nothing is there. */
    public static final int NOT_FOUND = 404;

    private static final int UNAUTHORIZED = 401;
    private static final int PROXY_AUTHENTICATION = 407;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int GONE = 410;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int BAD_GATEWAY = 502;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;

    /** RFC 4918 section 11.5; Orthanc answers with it when its disk is full. */
    private static final int INSUFFICIENT_STORAGE = 507;

    private HttpStatus() {}

    /** The failure of a fetch that was answered with a status other than the ones asked for. */
    public static JobException failure(int status) {
        FailureCode code = code(status);
        String advice =
                switch (code) {
                    case CREDENTIALS_REFUSED -> "; check the credentials that the configuration has for it";
                    case STORAGE_DENIED -> "; give the worker's user the right to this";
                    case HOST_UNREACHABLE -> "; start what is behind it";
                    case STORAGE_FULL -> "; make room there";
                    case INPUT_NOT_FOUND -> "; nothing is at the reference";
                    case STORAGE_UNAVAILABLE -> "; it cannot serve now";
                    default -> "; the reference is not one that it serves";
                };
        return new JobException(code, "the server answered with status " + status + advice);
    }

    private static FailureCode code(int status) {
        return switch (status) {
            case UNAUTHORIZED, PROXY_AUTHENTICATION -> FailureCode.CREDENTIALS_REFUSED;
            case FORBIDDEN -> FailureCode.STORAGE_DENIED;
            case BAD_GATEWAY, SERVICE_UNAVAILABLE, GATEWAY_TIMEOUT -> FailureCode.HOST_UNREACHABLE;
            case INSUFFICIENT_STORAGE -> FailureCode.STORAGE_FULL;
            case NOT_FOUND, GONE -> FailureCode.INPUT_NOT_FOUND;
            case REQUEST_TIMEOUT, TOO_EARLY, TOO_MANY_REQUESTS -> FailureCode.STORAGE_UNAVAILABLE;
            default ->
                status >= FIRST_SERVER_ERROR ? FailureCode.STORAGE_UNAVAILABLE : FailureCode.REFERENCE_UNSUPPORTED;
        };
    }
}
