package io.deformux.network.proof;

import io.deformux.network.kernel.DenseConvolution;
import io.deformux.network.kernel.MapView;

/** Takes samples of convolutions of maps that lie channels last. Stateless. */
final class MapSamples {

    private MapSamples() {}

    /**
     * Samples of y = c(x).
     *
     * @param voxels indices into y's grid
     */
    static LayerSamples of(DenseConvolution c, MapView x, MapView y, int[] voxels) {
        double[][] inputs = new double[voxels.length][c.size() * c.size() * c.size() * c.inputs()];
        float[][] values = new float[voxels.length][c.outputs()];
        for (int s = 0; s < voxels.length; s++) {
            gather(c, x, y, voxels[s], inputs[s]);
            for (int o = 0; o < c.outputs(); o++) {
                values[s][o] = y.value(voxels[s] * y.c() + o);
            }
        }
        String name = String.format(
                "%s (%d to %d channels, %d^3, at %dx%dx%d)",
                c.name(), c.inputs(), c.outputs(), c.size(), x.d(), x.h(), x.w());
        return new LayerSamples(name, c.weight(), c.bias(), 1, inputs, values);
    }

    /** The inputs that an output voxel sees, (size, size, size, inputs); zeros outside. */
    private static void gather(DenseConvolution c, MapView x, MapView y, int voxel, double[] patch) {
        int d = voxel / (y.h() * y.w()) * c.stride() - c.padding();
        int h = voxel / y.w() % y.h() * c.stride() - c.padding();
        int w = voxel % y.w() * c.stride() - c.padding();
        int at = 0;
        for (int i = d; i < d + c.size(); i++) {
            for (int j = h; j < h + c.size(); j++) {
                for (int k = w; k < w + c.size(); k++) {
                    boolean inside = i >= 0 && i < x.d() && j >= 0 && j < x.h() && k >= 0 && k < x.w();
                    for (int channel = 0; channel < c.inputs(); channel++) {
                        patch[at++] = inside ? x.value(((i * x.h() + j) * x.w() + k) * x.c() + channel) : 0;
                    }
                }
            }
        }
    }
}
