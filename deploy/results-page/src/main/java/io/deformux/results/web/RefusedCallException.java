package io.deformux.results.web;

/** A request that is not answered as it hoped. */
final class RefusedCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * @param status of HTTP
     * @param code stable, for machines
     * @param message what to do about it, for a person
     */
    RefusedCallException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    static RefusedCallException notFound() {
        return new RefusedCallException(404, "NOT_FOUND", "nothing is known under this address");
    }
}
