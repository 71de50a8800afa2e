package io.deformux.network.kernel;

/**
 * One side of the products that a {@link ConvolutionKernel} sums.
 *
 * @param values all numbers
 * @param terms where the numbers of each term begin, from wherever the call says
 * @param step from one number of a term to the next; of no meaning where a term is a run of neighbours
 */
record Factor(float[] values, int[] terms, int step) {}
