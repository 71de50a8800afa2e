package io.deformux.dicom.data;

import java.util.Optional;

/** The value representations of PS3.5 Table 6.2-1. */
public enum Vr {
    AE(1, false),
    AS(1, false),
    AT(2, false),
    CS(1, false),
    DA(1, false),
    DS(1, false),
    DT(1, false),
    FD(8, false),
    FL(4, false),
    IS(1, false),
    LO(1, false),
    LT(1, false),
    OB(1, true),
    OD(8, true),
    OF(4, true),
    OL(4, true),
    OV(8, true),
    OW(2, true),
    PN(1, false),
    SH(1, false),
    SL(4, false),
    SQ(1, true),
    SS(2, false),
    ST(1, false),
    SV(8, true),
    TM(1, false),
    UC(1, true),
    UI(1, false),
    UL(4, false),
    UN(1, true),
    UR(1, true),
    US(2, false),
    UT(1, true),
    UV(8, true);

    private final int unit;
    private final boolean longForm;

    Vr(int unit, boolean longForm) {
        this.unit = unit;
        this.longForm = longForm;
    }

    /** How many bytes are swapped together when the byte order changes; 1 for text and byte strings. */
    public int unit() {
        return unit;
    }

    /** Whether the explicit form has two reserved bytes and a 32-bit length (PS3.5 section 7.1.2). */
    public boolean longForm() {
        return longForm;
    }

    /** The representation with this two-letter code, or empty. */
    static Optional<Vr> of(int first, int second) {
        for (Vr vr : values()) {
            if (vr.name().charAt(0) == first && vr.name().charAt(1) == second) {
                return Optional.of(vr);
            }
        }
        return Optional.empty();
    }
}
