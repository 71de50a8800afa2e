package io.deformux.network.torchscript;

/** A tensor of a module that is not learned. */
public sealed interface ModuleBuffer {

    /** Its sizes. */
    int[] shape();

    /**
     * Numbers that training gathers, such as a running mean: part of the weights.
     *
     * @param start what each of them starts from
     */
    record Running(int[] shape, float start) implements ModuleBuffer {}

    /**
     * Whole numbers that follow from the configuration, such as a table of positions: in an archive, but not in the weights.
     *
     * @param values one per element, last axis fastest
     */
    record Table(int[] shape, long[] values) implements ModuleBuffer {}
}
