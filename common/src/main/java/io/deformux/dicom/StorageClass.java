package io.deformux.dicom;

import java.util.Optional;

/** The SOP classes (PS3.4 Annex B.5) whose images make a volume. */
public enum StorageClass {
    /** CT Image Storage. */
    CT_IMAGE("1.2.840.10008.5.1.4.1.1.2", "CT"),
    /** MR Image Storage. */
    MR_IMAGE("1.2.840.10008.5.1.4.1.1.4", "MR");

    private final String uid;
    private final String modality;

    StorageClass(String uid, String modality) {
        this.uid = uid;
        this.modality = modality;
    }

    /** The SOP Class UID. */
    public String uid() {
        return uid;
    }

    /** The defined term of the modality (PS3.3 section C.7.3.1.1.1). */
    public String modality() {
        return modality;
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
