package io.deformux.volume;

/**
 * Trilinear resampling between grids with parallel axes, one axis at a time: four source rows are blended into one
 * (contiguous memory, vectorised), then the row is interpolated. Twin: {@link ShearedResampler}.
 */
final class SeparableResampler extends Resampler {
    private final float[] voxels;
    private final Shape3 shape;
    private final LinearAxis rowsD;
    private final LinearAxis rowsH;
    private final LinearAxis alongRow;

    SeparableResampler(Volume source, Geometry target, IndexMap map) {
        super(target);
        this.voxels = source.voxels();
        this.shape = source.geometry().shape();
        this.rowsD = axis(0, map);
        this.rowsH = axis(1, map);
        this.alongRow = axis(2, map);
    }

    private LinearAxis axis(int axis, IndexMap map) {
        Affine m = map.matrix();
        return LinearAxis.of(target().shape().axis(axis), m.at(axis, 3), m.at(axis, axis), shape.axis(axis));
    }

    @Override
    public void plane(int i, float[] plane) {
        double[] row = new double[shape.w()];
        int w = alongRow.count();
        for (int j = 0; j < rowsH.count(); j++) {
            blendRows(i, j, row);
            for (int k = 0; k < w; k++) {
                double fraction = alongRow.fraction(k);
                plane[j * w + k] = (float) ((1 - fraction) * row[alongRow.low(k)] + fraction * row[alongRow.high(k)]);
            }
        }
    }

    private void blendRows(int i, int j, double[] row) {
        int r00 = shape.index(rowsD.low(i), rowsH.low(j), 0);
        int r01 = shape.index(rowsD.low(i), rowsH.high(j), 0);
        int r10 = shape.index(rowsD.high(i), rowsH.low(j), 0);
        int r11 = shape.index(rowsD.high(i), rowsH.high(j), 0);
        double fi = rowsD.fraction(i);
        double fj = rowsH.fraction(j);
        double w00 = (1 - fi) * (1 - fj);
        double w01 = (1 - fi) * fj;
        double w10 = fi * (1 - fj);
        double w11 = fi * fj;
        for (int k = 0; k < row.length; k++) {
            row[k] = w00 * voxels[r00 + k] + w01 * voxels[r01 + k] + w10 * voxels[r10 + k] + w11 * voxels[r11 + k];
        }
    }
}
