package io.deformux.dicom;

/**
 * A reference to one stored object.
 *
 * @param sopClassUid what kind it is
 * @param sopInstanceUid which one it is
 */
public record SopInstance(String sopClassUid, String sopInstanceUid) {}
