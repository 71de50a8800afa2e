package io.deformux.dicom.net;

import java.io.IOException;

/** The other side ended the association with an A-ABORT, as it may at any time. */
public final class AbortedException extends IOException {
    private static final long serialVersionUID = 1L;

    AbortedException() {
        super("the other side aborted the association");
    }
}
