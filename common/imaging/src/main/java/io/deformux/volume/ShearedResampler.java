package io.deformux.volume;

/**
 * Trilinear resampling under any map of indices, voxel by voxel as the definition says. Used where the grids are sheared
 * or rotated against each other, and the plain twin of {@link SeparableResampler}.
 */
final class ShearedResampler extends Resampler {
    private final Volume source;
    private final Affine map;

    ShearedResampler(Volume source, Geometry target, IndexMap map) {
        super(target);
        this.source = source;
        this.map = map.matrix();
    }

    @Override
    public void plane(int i, float[] plane) {
        Shape3 shape = target().shape();
        for (int j = 0; j < shape.h(); j++) {
            for (int k = 0; k < shape.w(); k++) {
                double[] position = map.apply(i, j, k);
                plane[j * shape.w() + k] = (float) at(position[0], position[1], position[2]);
            }
        }
    }

    private double at(double i, double j, double k) {
        Shape3 shape = source.geometry().shape();
        double ci = LinearAxis.clamp(i, shape.d());
        double cj = LinearAxis.clamp(j, shape.h());
        double ck = LinearAxis.clamp(k, shape.w());
        int i0 = (int) ci;
        int j0 = (int) cj;
        int k0 = (int) ck;
        int i1 = Math.min(i0 + 1, shape.d() - 1);
        int j1 = Math.min(j0 + 1, shape.h() - 1);
        int k1 = Math.min(k0 + 1, shape.w() - 1);
        double fi = ci - i0;
        double fj = cj - j0;
        double fk = ck - k0;
        double low = lerp(
                lerp(source.at(i0, j0, k0), source.at(i0, j0, k1), fk),
                lerp(source.at(i0, j1, k0), source.at(i0, j1, k1), fk),
                fj);
        double high = lerp(
                lerp(source.at(i1, j0, k0), source.at(i1, j0, k1), fk),
                lerp(source.at(i1, j1, k0), source.at(i1, j1, k1), fk),
                fj);
        return lerp(low, high, fi);
    }

    private static double lerp(double low, double high, double fraction) {
        return (1 - fraction) * low + fraction * high;
    }
}
