package io.deformux.dicom.series.slice;

import java.util.Optional;

/** The SOP classes (PS3.4 Annex B.5) whose images make a volume. */
public enum StorageClass {
    /** CT Image Storage. */
    CT_IMAGE("1.2.840.10008.5.1.4.1.1.2", "CT", false),
    /** Enhanced CT Image Storage. */
    ENHANCED_CT_IMAGE("1.2.840.10008.5.1.4.1.1.2.1", "CT", true),
    /** Legacy Converted Enhanced CT Image Storage. */
    CONVERTED_CT_IMAGE("1.2.840.10008.5.1.4.1.1.2.2", "CT", true),
    /** MR Image Storage. */
    MR_IMAGE("1.2.840.10008.5.1.4.1.1.4", "MR", false),
    /** Enhanced MR Image Storage. */
    ENHANCED_MR_IMAGE("1.2.840.10008.5.1.4.1.1.4.1", "MR", true),
    /** Legacy Converted Enhanced MR Image Storage. */
    CONVERTED_MR_IMAGE("1.2.840.10008.5.1.4.1.1.4.4", "MR", true);

    private final String uid;
    private final String modality;
    private final boolean multiFrame;

    StorageClass(String uid, String modality, boolean multiFrame) {
        this.uid = uid;
        this.modality = modality;
        this.multiFrame = multiFrame;
    }

    /** The SOP Class UID. */
    public String uid() {
        return uid;
    }

    /** The defined term of the modality (PS3.3 section C.7.3.1.1.1). */
    public String modality() {
        return modality;
    }

    /** Whether its frames are described by functional groups (PS3.3 section C.7.6.16). */
    public boolean multiFrame() {
        return multiFrame;
    }

    /** Whether values are on the Hounsfield scale. */
    boolean hounsfield() {
        return modality.equals("CT");
    }

    /** The class with this UID, or empty. */
    public static Optional<StorageClass> of(String uid) {
        for (StorageClass known : values()) {
            if (known.uid.equals(uid)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
