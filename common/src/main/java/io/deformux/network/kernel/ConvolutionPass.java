package io.deformux.network.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A dense convolution with its weights, the same along all three axes, zeros around the map: {@code y[o] = bias[o] + sum
 * over taps and channels of weight * x}, each sum in float and in one fixed order. With k = 1 it is a matrix per voxel.
 * Needs no copy of the map, only a few rows of it per thread. Holds no state of a call.
 */
public final class ConvolutionPass {
    /** Voxels and sums for which the weights are read once. */
    private static final int BAND_VOXELS = 256;

    private static final int BAND_SUMS = 1 << 15;

    private final Kernels kernels;
    private final ConvolutionShape shape;
    private final float[] bias;
    private final List<Panel> panels = new ArrayList<>();

    /**
     * A convolution.
     *
     * @param weight (outputs, inputs, k, k, k)
     * @param bias (outputs), or empty for none
     * @param stride in voxels
     * @param padding in voxels, less than k
     */
    public ConvolutionPass(
            Kernels kernels, float[] weight, float[] bias, int outputs, int inputs, int k, int stride, int padding) {
        this.kernels = kernels;
        this.shape = new ConvolutionShape(outputs, inputs, k, stride, padding);
        if (weight.length != shape.terms() * outputs || bias.length != 0 && bias.length != outputs) {
            throw new IllegalArgumentException(
                    weight.length + " weights and " + bias.length + " biases for a convolution " + shape);
        }
        this.bias = Arrays.copyOf(bias, outputs);
        int lanes = kernels.convolution().lanes();
        int vectors = outputs / lanes;
        int first = 0;
        while (vectors > 0) {
            // 3 + 1 vectors would be slower than 2 + 2.
            int together = vectors == 4 || vectors < ConvolutionKernel.WIDEST ? Math.min(2, vectors) : 3;
            panels.add(new ChannelPanel(shape, weight, first, together, lanes));
            first += together * lanes;
            vectors -= together;
        }
        if (first < outputs) {
            panels.add(new VoxelPanel(shape, weight, first, outputs - first));
        }
    }

    /**
     * Convolves a map.
     *
     * @param x (d, h, w, inputs)
     * @param y (d', h', w', outputs) with {@code d' = (d + 2 padding - k) / stride + 1} and so on; takes the result; not
     *     {@code x}
     */
    public void apply(MapView x, MapView y) {
        check(x, y);
        RowLayout last = new RowLayout.ChannelsLast(shape, up(y.w(), ConvolutionKernel.SUMS));
        RowLayout planar =
                new RowLayout.Planar(shape, up(y.w(), kernels.convolution().lanes()));
        List<ConvolutionBlock> blocks = ConvolutionBlock.cut(
                shape,
                last.length(),
                y,
                panels.size(),
                panels.stream().mapToInt(Panel::outputs).max().orElseThrow());
        int planes = blocks.stream().mapToInt(ConvolutionBlock::planes).max().orElseThrow();
        int lines = blocks.stream().mapToInt(ConvolutionBlock::lines).max().orElseThrow();
        Queue<Scratch> free = new ConcurrentLinkedQueue<>();
        blocks.parallelStream().forEach(block -> {
            Scratch scratch = free.poll();
            if (scratch == null) {
                scratch = new Scratch(
                        x,
                        y,
                        panels.stream().allMatch(Panel::planar) ? null : new Slab(shape, last, planes, lines),
                        panels.stream().noneMatch(Panel::planar) ? null : new Slab(shape, planar, planes, lines));
            }
            scratch.run(block);
            free.add(scratch);
        });
    }

    private void check(MapView x, MapView y) {
        if (x.c() != shape.inputs()
                || y.c() != shape.outputs()
                || y.d() != shape.size(x.d())
                || y.h() != shape.size(x.h())
                || y.w() != shape.size(x.w())) {
            throw new IllegalArgumentException("maps " + x + " and " + y + " for a convolution " + shape);
        }
    }

    private static int up(int n, int multiple) {
        return (n + multiple - 1) / multiple * multiple;
    }

    /** The memory of one thread. */
    private final class Scratch {
        private final MapView x;
        private final MapView y;
        private final Slab last;
        private final Slab planar;
        private final MapRows in;
        private final MapRows out;
        private final float[] row;
        private float[] sums = new float[0];

        Scratch(MapView x, MapView y, Slab last, Slab planar) {
            this.x = x;
            this.y = y;
            this.last = last;
            this.planar = planar;
            this.in = x.rows(kernels.rows());
            this.out = y.rows(kernels.rows());
            this.row = new float[Math.max(x.w() * x.c(), y.w() * y.c())];
        }

        void run(ConvolutionBlock block) {
            List<Panel> mine = panels.subList(block.panel(), block.panel() + block.panels());
            if (mine.stream().anyMatch(Panel::planar)) {
                planar.fill(x, in, row, block);
            }
            if (!mine.stream().allMatch(Panel::planar)) {
                last.fill(x, in, row, block);
            }
            int first = mine.get(0).first();
            int channels = mine.stream().mapToInt(Panel::outputs).sum();
            int voxels = up(y.w(), ConvolutionKernel.SUMS);
            int rows = Math.max(1, Math.min(BAND_VOXELS, BAND_SUMS / channels) / voxels);
            if (sums.length < rows * voxels * channels) {
                sums = new float[rows * voxels * channels];
            }
            for (int r = 0; r < block.rows(); r += rows) {
                Band band = new Band(sums, voxels, channels, block.lines(), r, Math.min(rows, block.rows() - r));
                begin(band, first);
                for (Panel panel : mine) {
                    Slab slab = panel.planar() ? planar : last;
                    panel.add(kernels.convolution(), slab, band, panel.first() - first, y.w());
                }
                write(band, block, first);
            }
        }

        private void begin(Band band, int first) {
            for (int v = 0; v < band.rows() * band.voxels(); v++) {
                System.arraycopy(bias, first, sums, v * band.channels(), band.channels());
            }
        }

        private void write(Band band, ConvolutionBlock block, int first) {
            for (int r = band.row(); r < band.row() + band.rows(); r++) {
                int d = block.d() + r / block.lines();
                int h = block.h() + r % block.lines();
                int to = (d * y.h() + h) * y.w() * y.c();
                if (band.channels() == y.c()) {
                    System.arraycopy(sums, band.at(r, 0), row, 0, y.w() * y.c());
                    out.write(to, row, y.w() * y.c());
                } else {
                    for (int w = 0; w < y.w(); w++) {
                        System.arraycopy(sums, band.at(r, w), row, 0, band.channels());
                        out.write(to + w * y.c() + first, row, band.channels());
                    }
                }
            }
        }
    }
}
