package io.deformux.network.kernel;

/** Some neighbouring output channels with their weights, laid out for one way to compute them. */
interface Panel {

    /** The first channel. */
    int first();

    /** How many. */
    int outputs();

    /** Whether it reads a slab whose rows are {@link RowLayout.Planar}. */
    boolean planar();

    /**
     * Adds all products to the sums of a band.
     *
     * @param channel where the panel's channels begin among those of the band
     * @param width voxels of a row of the map
     */
    void add(ConvolutionKernel kernel, Slab slab, Band band, int channel, int width);
}
