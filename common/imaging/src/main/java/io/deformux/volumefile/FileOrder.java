package io.deformux.volumefile;

import io.deformux.volume.Shape3;
import java.io.IOException;

/**
 * Walks a grid in the order of the file (first axis fastest) in blocks that suit the transposition to memory order
 * (last axis fastest).
 *
 * <p>A block is either some whole planes of constant k or some rows of one plane, so it is contiguous in the file. In
 * memory the voxels of one (i, j) in 16 neighbouring planes are one cache line of floats: going through the file plane
 * by plane would touch every line 16 times.
 *
 * @param shape the grid, (ni, nj, nk)
 * @param planes how many planes a block has at most
 * @param rows how many rows of ni voxels it has in each plane, at most
 */
public record FileOrder(Shape3 shape, int planes, int rows) {
    private static final int PLANES = 16;
    private static final int BLOCK_BYTES = 16 << 20;

    /** What to do with planes k to k+planes-1, rows j to j+rows-1 of each, all i. */
    public interface Block {
        void visit(int k, int planes, int j, int rows) throws IOException;
    }

    /** Blocks of about 16 MiB at most; a single row may be longer. */
    public static FileOrder of(Shape3 shape, int bytesPerVoxel) {
        long row = (long) shape.d() * bytesPerVoxel;
        long plane = row * shape.h();
        return plane <= BLOCK_BYTES
                ? new FileOrder(shape, (int) Math.min(Math.min(PLANES, shape.w()), BLOCK_BYTES / plane), shape.h())
                : new FileOrder(shape, 1, (int) Math.max(1, BLOCK_BYTES / row));
    }

    /** The voxels of the largest block. */
    public int blockVoxels() {
        return planes * rows * shape.d();
    }

    /** Visits all blocks in the order of the file. */
    public void forEach(Block block) throws IOException {
        for (int k = 0; k < shape.w(); k += planes) {
            for (int j = 0; j < shape.h(); j += rows) {
                block.visit(k, Math.min(planes, shape.w() - k), j, Math.min(rows, shape.h() - j));
            }
        }
    }
}
