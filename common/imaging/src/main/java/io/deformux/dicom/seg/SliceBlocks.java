package io.deformux.dicom.seg;

import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import java.io.IOException;
import java.util.List;

/**
 * Slices of a label map row by row, although in memory neighbours along k are next to each other: a block of slices is
 * transposed at a time, so that each cache line is read once. Belongs to one thread.
 */
public final class SliceBlocks {
    /** Labels in a cache line of 64 bytes. */
    private static final int BLOCK = 64;

    private final LabelMap labels;
    private final Shape3 shape;
    private final Runnable watch;
    private final byte[][] slices;

    /**
     * The slices of that label map.
     *
     * @param watch is asked before each block, and ends the work where it throws
     */
    public SliceBlocks(LabelMap labels, Runnable watch) {
        this.labels = labels;
        this.watch = watch;
        this.shape = labels.geometry().shape();
        this.slices = new byte[Math.min(BLOCK, shape.w())][shape.h() * shape.d()];
    }

    /** Takes the labels of one slice, the column fastest. */
    public interface Sink {
        void accept(int k, byte[] rows) throws IOException;
    }

    /** Hands over slices, ascending; each array is good until the next call only. */
    public void forEach(List<Integer> ks, Sink sink) throws IOException {
        int n = 0;
        while (n < ks.size()) {
            watch.run();
            int block = ks.get(n) / BLOCK * BLOCK;
            load(block, Math.min(block + BLOCK, shape.w()));
            for (; n < ks.size() && ks.get(n) < block + BLOCK; n++) {
                sink.accept(ks.get(n), slices[ks.get(n) - block]);
            }
        }
    }

    private void load(int from, int to) {
        for (int i0 = 0; i0 < shape.d(); i0 += BLOCK) {
            for (int j0 = 0; j0 < shape.h(); j0 += BLOCK) {
                loadTile(i0, j0, from, to);
            }
        }
    }

    private void loadTile(int i0, int j0, int from, int to) {
        byte[] voxels = labels.labels();
        int i1 = Math.min(i0 + BLOCK, shape.d());
        int j1 = Math.min(j0 + BLOCK, shape.h());
        for (int j = j0; j < j1; j++) {
            for (int i = i0; i < i1; i++) {
                int line = shape.index(i, j, 0);
                for (int k = from; k < to; k++) {
                    slices[k - from][j * shape.d() + i] = voxels[line + k];
                }
            }
        }
    }
}
