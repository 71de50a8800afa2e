package io.deformux.results.web;

import java.io.IOException;

/** A request that does not come to its end, which is no fault of the page's disks. */
final class CallerGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    CallerGoneException(IOException cause) {
        super(cause);
    }
}
