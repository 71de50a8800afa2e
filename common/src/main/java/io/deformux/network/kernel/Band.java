package io.deformux.network.kernel;

/**
 * The sums of some rows of a block while they grow: (rows, voxels, channels). Belongs to one thread.
 *
 * @param sums the sums
 * @param voxels of a row, those beyond the map that a tile may overwrite included
 * @param channels of the task
 * @param lines of each plane of the block
 * @param row the first row of the block that this band holds
 * @param rows how many it holds
 */
record Band(float[] sums, int voxels, int channels, int lines, int row, int rows) {

    /** Where a voxel of a row of the block begins. */
    int at(int r, int voxel) {
        return ((r - row) * voxels + voxel) * channels;
    }
}
