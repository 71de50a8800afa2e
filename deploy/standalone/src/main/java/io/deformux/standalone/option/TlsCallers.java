package io.deformux.standalone.option;

/** Who may make a secure connection to a DICOM node. */
public enum TlsCallers {
    /** Whoever shows a certificate that is trusted. */
    CERTIFIED,
    /** Whoever calls. */
    ANY
}
