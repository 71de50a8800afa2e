package io.deformux.network.proof;

import io.deformux.network.kernel.DepthwisePass;
import io.deformux.network.kernel.MapView;
import java.util.stream.IntStream;

/**
 * Some voxels of a depthwise convolution, in all channels. Nothing is gathered: of a large kernel that would be gigabytes.
 *
 * @param layer what was computed
 * @param x its input
 * @param y its output
 * @param voxels indices into y's grid
 */
record DepthwiseSamples(DepthwisePass layer, MapView x, MapView y, int[] voxels) {

    String name() {
        return String.format(
                "%s (%d channels, %d^3, at %dx%dx%d)",
                layer.name(), layer.channels(), layer.size(), x.d(), x.h(), x.w());
    }

    /** The worst error, as {@link LayerSamples#worst}. Spread over the common pool. */
    double worst() {
        return IntStream.range(0, layer.channels())
                .parallel()
                .mapToDouble(this::worst)
                .max()
                .orElse(0);
    }

    private double worst(int channel) {
        double worst = 0;
        for (int voxel : voxels) {
            worst = Math.max(worst, error(channel, voxel));
        }
        return worst;
    }

    private double error(int channel, int voxel) {
        int reach = layer.size() / 2;
        int d = voxel / (y.h() * y.w());
        int h = voxel / y.w() % y.h();
        int w = voxel % y.w();
        double sum = layer.bias(channel);
        double squares = sum * sum;
        for (int i = Math.max(0, d - reach); i < Math.min(x.d(), d + reach + 1); i++) {
            for (int j = Math.max(0, h - reach); j < Math.min(x.h(), h + reach + 1); j++) {
                int row = ((i - d + reach) * layer.size() + j - h + reach) * layer.size() + reach - w;
                for (int k = Math.max(0, w - reach); k < Math.min(x.w(), w + reach + 1); k++) {
                    double term = (double) layer.weight(channel, row + k)
                            * x.value(((i * x.h() + j) * x.w() + k) * x.c() + channel);
                    sum += term;
                    squares += term * term;
                }
            }
        }
        double off = Math.abs(y.value(voxel * y.c() + channel) - sum);
        double relative = off == 0 ? 0 : off / Math.max(Math.abs(sum), Math.sqrt(squares));
        return Double.isNaN(relative) ? Double.POSITIVE_INFINITY : relative;
    }
}
