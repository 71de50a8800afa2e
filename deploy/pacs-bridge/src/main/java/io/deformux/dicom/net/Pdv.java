package io.deformux.dicom.net;

/**
 * A presentation data value (PS3.8 section 9.3.5.1): a fragment of a command or data set.
 *
 * @param context the presentation context
 * @param command whether it is of a command, not of a data set (Annex E.2)
 * @param last whether it ends that
 * @param bytes held, not copied
 */
public record Pdv(int context, boolean command, boolean last, byte[] bytes) {}
