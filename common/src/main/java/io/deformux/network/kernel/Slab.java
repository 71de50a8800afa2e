package io.deformux.network.kernel;

import java.util.Arrays;

/** The input rows that some planes and lines of output voxels read. Belongs to one thread. */
final class Slab {
    private final ConvolutionShape shape;
    private final RowLayout layout;
    private final int lines;
    private final float[] values;
    private final int[] terms;

    /** Memory for so many planes of so many output lines. */
    Slab(ConvolutionShape shape, RowLayout layout, int planes, int lines) {
        this.shape = shape;
        this.layout = layout;
        this.lines = shape.reach(lines);
        this.values = new float[shape.reach(planes) * this.lines * layout.length()];
        this.terms = new int[shape.terms()];
        int row = shape.k() * shape.inputs();
        for (int t = 0; t < terms.length; t++) {
            int d = t / row / shape.k();
            int h = t / row % shape.k();
            terms[t] = (d * this.lines + h) * layout.length() + layout.term(t % row);
        }
    }

    /** Copies what the output block reads. */
    void fill(MapView x, MapRows rows, float[] row, ConvolutionBlock block) {
        int length = x.w() * x.c();
        for (int i = 0; i < shape.reach(block.planes()); i++) {
            for (int j = 0; j < shape.reach(block.lines()); j++) {
                int d = block.d() * shape.stride() + i - shape.padding();
                int h = block.h() * shape.stride() + j - shape.padding();
                int at = (i * lines + j) * layout.length();
                if (d >= 0 && d < x.d() && h >= 0 && h < x.h()) {
                    rows.read((d * x.h() + h) * length, row, length);
                    layout.lay(row, x.w(), values, at);
                } else {
                    Arrays.fill(values, at, at + layout.length(), 0);
                }
            }
        }
    }

    /** The values as one side of the products; their terms count from {@link #at}. */
    Factor factor() {
        return new Factor(values, terms, layout.step());
    }

    /** Where an output voxel begins to read, counted from the first one of the block. */
    int at(int plane, int line, int voxel) {
        return (plane * lines + line) * shape.stride() * layout.length() + voxel * layout.step();
    }
}
