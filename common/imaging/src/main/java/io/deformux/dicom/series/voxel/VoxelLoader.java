package io.deformux.dicom.series.voxel;

import io.deformux.dicom.pixel.PixelFormat;
import io.deformux.dicom.series.slice.Slice;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads the pixels of sorted slices into one array of axes (i, j, k), on all cores. A worker holds a block of slices at
 * a time, as many as fill a cache line of the result, so no more than that is in memory beside the result.
 */
public final class VoxelLoader {
    /** Floats in a cache line of 64 bytes. */
    private static final int BLOCK = 16;

    /** Rows that are transposed while the lines of {@link #BLOCK} slices and columns stay in the cache. */
    private static final int ROWS = 64;

    /** Of slices whose padding is told by its value alone. */
    private static final boolean[] NO_EDGE = {};

    private final SliceSamples source;

    public VoxelLoader(SliceSamples source) {
        this.source = source;
    }

    /** The rescaled values; slices all have the same rows and columns. */
    public float[] load(List<Slice> slices) {
        PixelFormat format = slices.get(0).format();
        float[] voxels = new float[Math.toIntExact(format.samples() * slices.size())];
        int blocks = (slices.size() + BLOCK - 1) / BLOCK;
        IntStream.range(0, blocks).parallel().forEach(block -> {
            int from = block * BLOCK;
            loadBlock(slices, from, Math.min(from + BLOCK, slices.size()), voxels);
        });
        return voxels;
    }

    private void loadBlock(List<Slice> slices, int from, int to, float[] voxels) {
        PixelFormat format = slices.get(0).format();
        short[][] samples = new short[to - from][(int) format.samples()];
        boolean[][] edges = new boolean[to - from][];
        for (int k = from; k < to; k++) {
            Slice slice = slices.get(k);
            source.decode(slice, samples[k - from]);
            edges[k - from] = slice.paddingMayBeTissue() ? BorderPadding.of(slice, samples[k - from]) : NO_EDGE;
        }
        for (int i = 0; i < format.columns(); i += BLOCK) {
            for (int j = 0; j < format.rows(); j += ROWS) {
                for (int k = from; k < to; k++) {
                    transposeTile(slices, k, samples[k - from], edges[k - from], i, j, voxels);
                }
            }
        }
    }

    private static void transposeTile(
            List<Slice> slices, int k, short[] samples, boolean[] edge, int i0, int j0, float[] voxels) {
        Slice slice = slices.get(k);
        PixelFormat format = slice.format();
        int i1 = Math.min(i0 + BLOCK, format.columns());
        int j1 = Math.min(j0 + ROWS, format.rows());
        for (int i = i0; i < i1; i++) {
            for (int j = j0; j < j1; j++) {
                int at = j * format.columns() + i;
                short sample = samples[at];
                voxels[(i * format.rows() + j) * slices.size() + k] =
                        edge == NO_EDGE || edge[at] ? slice.value(sample) : slice.measured(sample);
            }
        }
    }
}
