package io.deformux.radiomics;

/**
 * Why a label that is somewhere and has values gets no features all the same.
 *
 * @param why for people
 * @param lacksHeap whether too little of the heap is left, which may be otherwise the next time or on another machine; else
 *     it is the label that is too large, wherever it is described
 */
public record NoFeatures(String why, boolean lacksHeap) {
    static NoFeatures tooLarge(String why) {
        return new NoFeatures(why, false);
    }
}
