package io.deformux.pacs;

import java.io.IOException;

/** The archive does not take the name and password, or does not let that user see what was asked for. */
final class RefusedCredentialsException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedCredentialsException(String message) {
        super(message);
    }
}
