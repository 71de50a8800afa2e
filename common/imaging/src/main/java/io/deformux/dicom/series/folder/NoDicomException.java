package io.deformux.dicom.series.folder;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;

/** {@code DICOM_NO_IMAGES} of an input in which nothing is DICOM, so that it may be meant as something else. */
public final class NoDicomException extends JobException {
    private static final long serialVersionUID = 1L;

    NoDicomException(String message) {
        super(FailureCode.DICOM_NO_IMAGES, message);
    }
}
