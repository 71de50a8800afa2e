package io.deformux.dicom.net;

import java.io.IOException;

/** The peer does not take an object, while all else is as it should be. */
final class RefusedObjectException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedObjectException(String message) {
        super(message);
    }
}
