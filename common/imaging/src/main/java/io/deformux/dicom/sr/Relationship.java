package io.deformux.dicom.sr;

/** What an item of a content tree is to the item that it is in (PS3.3 section C.17.3.2.4). */
enum Relationship {
    CONTAINS("CONTAINS"),
    HAS_OBS_CONTEXT("HAS OBS CONTEXT"),
    HAS_CONCEPT_MOD("HAS CONCEPT MOD");

    private final String term;

    Relationship(String term) {
        this.term = term;
    }

    /** The defined term. */
    String term() {
        return term;
    }
}
