package io.deformux.network.library;

/** Finds out whether a library computes right. */
@FunctionalInterface
interface LibraryTrial {
    /** Tries one kind of arithmetic of a library on this machine; takes seconds, never throws. */
    Verdict of(Libtorch library, ArithmeticKind kind);
}
