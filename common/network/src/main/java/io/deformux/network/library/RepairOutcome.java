package io.deformux.network.library;

/** What came of correcting a library. */
sealed interface RepairOutcome {

    /** There is a corrected copy to start on. */
    record Repaired(Libtorch copy) implements RepairOutcome {}

    /** There is none, for a reason in plain words. */
    record NotPossible(String reason) implements RepairOutcome {}
}
