package io.deformux.network.kernel;

/**
 * Some rows of output voxels of a block.
 *
 * @param lines of each plane of the block
 * @param first the first of the rows, counted through all planes
 * @param rows how many
 * @param width voxels of each
 */
record Band(int lines, int first, int rows, int width) {

    /** The plane of a row of the band, counted from the block's. */
    int plane(int row) {
        return (first + row) / lines;
    }

    /** Likewise its line. */
    int line(int row) {
        return (first + row) % lines;
    }

    /** How many rows from this one on lie in one plane of the band, but not more than {@code most}. */
    int together(int row, int most) {
        return Math.min(most, Math.min(rows - row, lines - line(row)));
    }
}
