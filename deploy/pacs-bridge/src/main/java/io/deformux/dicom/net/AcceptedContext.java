package io.deformux.dicom.net;

/**
 * A presentation context that both sides have agreed on.
 *
 * @param sopClass whose commands it carries
 * @param transferSyntax of its data sets
 */
record AcceptedContext(String sopClass, String transferSyntax) {}
