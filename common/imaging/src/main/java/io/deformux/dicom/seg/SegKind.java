package io.deformux.dicom.seg;

/** The two ways to store segments that do not overlap. */
public enum SegKind {
    /** Segmentation Storage: one bit per voxel, frames per segment. What most archives and viewers read. */
    BINARY("1.2.840.10008.5.1.4.1.1.66.4", 1),
    /** Label Map Segmentation Storage (DICOM 2024d and later): one byte per voxel that names the segment. */
    LABELMAP("1.2.840.10008.5.1.4.1.1.66.7", 8);

    private final String sopClassUid;
    private final int bits;

    SegKind(String sopClassUid, int bits) {
        this.sopClassUid = sopClassUid;
        this.bits = bits;
    }

    /** The SOP class. */
    public String sopClassUid() {
        return sopClassUid;
    }

    /** Bits per voxel. */
    int bits() {
        return bits;
    }
}
